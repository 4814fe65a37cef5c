import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { type ServiceProcess, spawnService } from '#test/service-process'
import { demand, freePort } from './checks.ts'
import { differences, type Example, readExamples } from '#test/shown-answers'

/** What a person does with the README: `npm start`, its curl, Ctrl-C, and the same again with the data kept. */

const Quote = z.looseObject({
  id: z.string(),
  offers: z.tuple([z.looseObject({ id: z.string() })]).rest(z.unknown()),
})
const OFFER_ID = /offer_[0-9a-hjkmnp-tv-z]{26}/g
const KEY_LINE = 'API key, shown only this once'

/** Looks to npm like a fresh checkout, so that the README's own `.billbridge` is made here and not in the real one. */
function freshFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'billbridge-smoke-'))
  for (const name of ['package.json', 'node_modules', 'src', 'prisma', 'docs'])
    symlinkSync(join(process.cwd(), name), join(folder, name))
  return folder
}

async function started(folder: string, port: number): Promise<ServiceProcess> {
  const from = performance.now()
  const env = { PORT: String(port), HOME: process.env['HOME'] ?? folder }
  const service = spawnService('npm', ['start'], { cwd: folder, env })
  running.push(service)
  const url = await service.address()
  const { status } = await fetch(`${url}/health/ready`)
  demand(status === 200, `npm start is ready after ${Math.round(performance.now() - from)} ms`)
  return service
}

function paste(command: string, folder: string): unknown {
  return JSON.parse(execFileSync('sh', ['-c', command], { cwd: folder, encoding: 'utf8' }))
}

function demandSame({ answer }: Example, real: unknown, what: string): void {
  const differing = differences(answer, real)
  demand(differing.length === 0, [`the README’s ${what} gives the answer it shows`, ...differing].join('\n'))
}

const running: ServiceProcess[] = []
const folder = freshFolder()
try {
  const port = await freePort()
  const [example, ...later] = readExamples('README.md')
  const atPort = (text: string) => text.replaceAll(':3000', `:${port}`)
  const command = atPort(example.command)
  demand(command !== example.command, 'the README’s curl asks the default port')

  const first = await started(folder, port)
  demand(
    first.stdout.some(line => line.includes(KEY_LINE)),
    'the first start prints a key',
  )
  const answer = paste(command, folder)
  demandSame(example, answer, 'curl')
  const [offer] = Quote.parse(answer).offers
  for (const [index, next] of later.entries())
    demandSame(next, paste(atPort(next.command).replaceAll(OFFER_ID, offer.id), folder), `curl ${index + 2}`)
  demand((await first.end('SIGTERM')) === 0, 'SIGTERM ends npm start with exit code 0')

  const second = await started(folder, port)
  demand(!second.stdout.some(line => line.includes(KEY_LINE)), 'the second start prints no key')
  const reading = command
    .replace('/v1/quotes', `/v1/quotes/${Quote.parse(answer).id}`)
    .replace(/\s-d .*$/s, '')
  const kept = paste(reading, folder)
  demand(isDeepStrictEqual(kept, answer), 'the second start has kept the quote')
  demand((await second.end('SIGTERM')) === 0, 'SIGTERM ends it with exit code 0 again')
} catch (err) {
  process.stderr.write(`${err instanceof Error ? err.message : String(err)}\n`)
  process.exitCode = 1
} finally {
  for (const service of running) await service.end('SIGKILL')
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
}
