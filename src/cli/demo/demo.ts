import { randomBytes } from 'node:crypto'
import { createApiClient } from '#cli/api-client'
import { findService } from '#cli/demo/service'
import { createRecorder, createStage } from '#cli/demo/stage'
import { walk } from '#cli/demo/walk'
import { explainFailure } from '#cli/explain-failure'
import { paint, print, printJson } from '#cli/terminal'
import { configOfProcess } from '#config'

/** A demo that is broken off leaves no service and no folder behind. */
function stopOnSignals(undo: AsyncDisposableStack): void {
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)
    process.once(signal, () => void undo.disposeAsync().finally(() => process.exit(code)))
}

export interface DemoOptions {
  readonly url?: string
  readonly json?: true
}

/** Walks through the gateway as a client would, and ends with 1 when a step does not come out as it must. */
export async function runDemo({ url, json }: DemoOptions): Promise<void> {
  const telling = json !== true
  await using undo = new AsyncDisposableStack()
  stopOnSignals(undo)
  const service = await findService(configOfProcess(), url ?? null, undo)
  if (telling) {
    if (service.passedOver) print(`Not used: ${service.passedOver}.`)
    print(
      `Billbridge at ${service.url}${service.started ? ', started for this demo' : ''}; all providers are simulated.`,
    )
  }
  const recorder = createRecorder(telling)
  const stage = createStage(createApiClient(service), randomBytes(4).toString('hex'), telling)
  const began = performance.now()
  try {
    await walk(recorder, stage)
  } catch (err) {
    process.exitCode = 1
    process.stderr.write(explainFailure(err))
  }
  const { records } = recorder
  const done = records.every(({ ok }) => ok)
  if (json) return printJson({ object: 'demo', ok: done, url: service.url, steps: records })
  const seconds = ((performance.now() - began) / 1_000).toFixed(1)
  print(
    done
      ? `\n${paint('green', `All ${records.length} steps came out as they must, in ${seconds} s.`)}`
      : `\n${paint('red', `Step ${records.length} failed.`)}`,
  )
  if (done) print('Next: npm start, then /docs of the service.')
}
