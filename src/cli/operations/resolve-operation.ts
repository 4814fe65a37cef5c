import { WrongUsage } from '#cli/command-failure'
import { reachOperations } from '#cli/operations/over-http'
import { print, printJson } from '#cli/terminal'
import { configOfProcess } from '#config'
import { type Operation, Resolution } from '#contract/operations'

export interface ResolveOptions {
  readonly happened?: true
  readonly didNotHappen?: true
  readonly providerId?: string
  readonly sendAgain?: true
  readonly note?: string
  readonly url?: string
  readonly json?: true
}

/** Throws WrongUsage for what `POST …/resolve` would refuse as well. */
function resolutionOf({ happened, didNotHappen, providerId, sendAgain, note }: ResolveOptions): Resolution {
  if (!happened && !didNotHappen) throw new WrongUsage('say --happened or --did-not-happen')
  const parsed = Resolution.safeParse({
    outcome: happened ? 'happened' : 'did_not_happen',
    ...(providerId === undefined ? {} : { provider_id: providerId }),
    ...(sendAgain === undefined ? {} : { send_again: true }),
    ...(note === undefined ? {} : { note }),
  })
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const option = String(issue?.path[0] ?? '').replaceAll('_', '-')
  throw new WrongUsage(`--${option} ${issue?.message ?? 'is wrong'}`)
}

function explain({ id, operation, provider, resource, state }: Operation, sentAgain: boolean): string {
  const what = `${operation} at ${provider} for ${resource}`
  return sentAgain ? `${id} was sent again (${what}): ${state}.` : `${id} is settled (${what}).`
}

/** Says what became of an operation: to the service at `url`, else to the database. */
export async function runResolveOperation(id: string, options: ResolveOptions): Promise<void> {
  const resolution = resolutionOf(options)
  const config = configOfProcess()
  await using operations = options.url
    ? reachOperations(options.url, config)
    : await (await import('#cli/operations/in-process')).openOperations(config, { send: true })
  const operation = await operations.resolve(id, resolution)
  const sentAgain = resolution.send_again === true
  if (sentAgain && operation.state !== 'succeeded') process.exitCode = 1
  if (options.json) return printJson(operation)
  print(explain(operation, sentAgain))
}
