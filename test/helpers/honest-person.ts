import { z } from 'zod'
import type { RunningSimulators } from '#simulators/index'
import type { ApiAnswer } from '#test/api'
import { at, homeboxClient } from '#test/simulator-client'

type Simulators = Omit<RunningSimulators, 'stop'>
type Ask = (route: `${'GET' | 'POST'} /${string}`, given?: { body?: unknown }) => Promise<ApiAnswer>

const Unknown = z.looseObject({
  id: z.string(),
  operation: z.string(),
  provider: z.enum(['homebox', 'housr', 'one_utility_bill']),
})
type Unknown = z.infer<typeof Unknown>

const LISTS: Readonly<Record<string, string>> = {
  'orders.create': '/api/partner/order',
  'leads.create': '/api/partner/lead',
}

/** The newest object at Homebox of the kind that the operation makes, as its portal shows it. */
async function idAtHomebox(
  { homebox }: Simulators,
  { operation, provider }: Unknown,
): Promise<string | null> {
  const list = LISTS[operation]
  if (provider !== 'homebox' || list === undefined) return null
  const { body } = await homeboxClient(homebox).get(list)
  return String(at(body, 'data', 0, 'id'))
}

/** Looks at the provider, and says what is seen there: what happened, or that it is to be sent again. */
async function findOut(simulators: Simulators, unknown: Unknown) {
  const operation = unknown.provider === 'housr' ? 'bills-packages.create' : unknown.operation
  if (simulators[unknown.provider].count(operation) === 0)
    return { outcome: 'did_not_happen', send_again: true }
  return { outcome: 'happened', provider_id: await idAtHomebox(simulators, unknown) }
}

const Page = z.object({ data: z.array(Unknown) })

/**
 * Resolves every operation of a resource whose outcome is unknown, the oldest first, by what is true of it now; what the
 * gateway has found out by itself meanwhile is left at that.
 */
export async function resolveHonestly(ask: Ask, simulators: Simulators, resource: string): Promise<void> {
  const { body } = await ask(`GET /v1/operations?state=unknown&resource=${resource}`)
  const oldestFirst = Page.parse(body).data.toReversed()
  const findings = await Promise.all(oldestFirst.map(unknown => findOut(simulators, unknown)))
  for (const [index, { id }] of oldestFirst.entries()) {
    const answer = await ask(`POST /v1/operations/${id}/resolve`, { body: findings[index] })
    if (answer.status === 200) continue
    const { body: operation } = await ask(`GET /v1/operations/${id}`)
    if (operation.state !== 'succeeded') throw new Error(`not resolved: ${answer.status} ${answer.text}`)
  }
}
