import { expect } from 'vitest'
import type { FaultName } from '#simulators/core/faults'
import type { ApiAnswer } from '#test/api'
import { type KindName, kinds } from '#test/crash-kinds'
import type { Death, Life } from '#test/crash-life'
import { brokenPromises, effectOf } from '#test/crash-promises'
import { numberedRequest, type Request } from '#test/crash-requests'
import { brokenStories } from '#test/crash-stories'
import type { Traced } from '#test/crash-traces'
import { at, homeboxClient } from '#test/simulator-client'

/** What people do, and may see the gateway die of. `which` counts through what there is, over and over. */
export type Happening =
  | { do: 'create'; kind: KindName; fault: FaultName | null; step: number; death: Death | null }
  | { do: 'repeat'; which: number }
  | { do: 'wait' }
  | { do: 'look' }
  | { do: 'resolve'; which: number; as: 'happened' | 'did_not_happen' | 'send_again'; death: Death | null }
  | { do: 'retry'; which: number; how: 'bare' | 'correct' | 'skip'; death: Death | null }
type Doing<Name extends Happening['do']> = Extract<Happening, { do: Name }>

/** What is remembered of the past of a life, to know what may be expected of it. */
interface History {
  readonly life: Life
  readonly requests: Request[]
  readonly happened: Map<string, boolean>
  readonly approved: Map<string, number>
  readonly revived: Map<string, number>
}

const NEVER_MS = 60_000
/** What a provider has decided is remembered; any other refusal frees the key. */
const DECIDED = ['provider_rejected', 'address_ambiguous']
const DOCUMENTED_FAILURES = ['provider_auth_failed', 'provider_unavailable']

function pick<T>(from: readonly T[], which: number): T | undefined {
  return from[which % from.length]
}

function increment(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1)
}

/** Fails for a status that no document foresees, and unless what was answered before is answered again. */
function take(request: Request | null, answer: ApiAnswer | null): void {
  if (answer === null) return
  const { status, headers, text, body } = answer
  if (status >= 500) expect(DOCUMENTED_FAILURES, text).toContain(body.code)
  if (request === null) return
  if (request.remembered !== null)
    expect([headers['idempotent-replayed'], text]).toEqual(['true', request.remembered])
  else if (status < 300 || DECIDED.includes(body.code)) request.remembered = text
}

function post({ api }: Life, { kind, key, body }: Request): Promise<ApiAnswer> {
  return api(kinds[kind].route, { body, headers: { 'idempotency-key': key } })
}

async function create({ life, requests }: History, { kind, fault, step, death }: Doing<'create'>) {
  const request = numberedRequest(kind, requests.length + 1)
  requests.push(request)
  const struck = pick([...kinds[kind].first, ...kinds[kind].later], step)
  if (fault && struck)
    life.simulators[struck.provider].arm({ fault, operation: struck.operation, ms: NEVER_MS })
  take(request, await life.ask(death, () => post(life, request)))
  for (const { provider } of kinds[kind].first) life.simulators[provider].disarm()
}

async function repeat({ life, requests }: History, { which }: Doing<'repeat'>) {
  const request = pick(requests, which)
  if (request) take(request, await post(life, request))
}

/** The id of an order at Homebox where it got there; any other where a person must invent one. */
async function idFor({ simulators }: Life, { id, resource }: { id: string; resource: string }) {
  const orders = at((await homeboxClient(simulators.homebox).get('/api/partner/order')).body, 'data')
  const isIt = (order: unknown) => String(at(order, 'reference')).startsWith(resource)
  return String(at(Array.isArray(orders) ? orders.find(isIt) : null, 'id') ?? id)
}

async function resolve(history: History, { which, as, death }: Doing<'resolve'>) {
  const { life, happened, approved } = history
  const { body } = await life.api('GET /v1/operations?state=unknown&limit=100')
  const unknown = pick<{ id: string; resource: string }>(body.data, which)
  if (!unknown) return
  const traces = (await life.everything()).flatMap(traced => traced.traces)
  const trace = traces.find(({ operationId }) => operationId === unknown.id)
  if (trace && as === 'send_again') increment(approved, effectOf(trace))
  const told =
    as === 'happened'
      ? { outcome: as, provider_id: await idFor(life, unknown) }
      : { outcome: 'did_not_happen', send_again: as === 'send_again' }
  const route = `POST /v1/operations/${unknown.id}/resolve` as const
  take(null, await life.ask(death, () => life.api(route, { body: told })))
  const { body: after } = await life.api(`GET /v1/operations/${unknown.id}`)
  if (after.state === 'settled_by_person') happened.set(unknown.id, as === 'happened')
}

/** The first step that was not done and is not gone on with by itself, counted from 1. */
function failedStep({ traces }: Traced, { happened }: History): number {
  const hasFailed = ({ state, skipped, operationId }: Traced['traces'][number]) =>
    !skipped && (['refused', 'not_sent'].includes(state) || happened.get(operationId) === false)
  return traces.findIndex(hasFailed) + 1
}

function retryBody(how: Doing<'retry'>['how'], step: number, request: Request | undefined): unknown {
  if (how === 'bare') return undefined
  if (how === 'skip') return { skip: [step] }
  const { bank_account, ...person } = request?.people[Math.max(step - 2, 0)] ?? {}
  const account = bank_account && step > 1 ? { bank_account } : {}
  return { steps: [{ step, tenant: { ...person, ...account, first_name: 'Janet' } }] }
}

async function retry(history: History, { which, how, death }: Doing<'retry'>) {
  const { life, requests, approved, revived } = history
  const traced = pick(await life.everything(), which)
  if (!traced) return
  const request = requests.find(({ house }) => house === traced.house)
  const step = failedStep(traced, history)
  const body = traced.object === 'order' ? retryBody(how, step, request) : undefined
  const route = `POST /v1/${traced.object}s/${traced.id}/retry` as const
  const answer = await life.ask(death, () => life.api(route, body === undefined ? {} : { body }))
  take(null, answer)
  if (answer && answer.status >= 300) return
  const trace = traced.traces[step - 1]
  if (trace?.state === 'settled_by_person') increment(approved, effectOf(trace))
  if (traced.status === 'failed') increment(revived, traced.house)
}

function happen(history: History, happening: Happening): Promise<void> {
  switch (happening.do) {
    case 'create':
      return create(history, happening)
    case 'repeat':
      return repeat(history, happening)
    case 'wait':
      return history.life.wait()
    case 'look':
      return history.life.look()
    case 'resolve':
      return resolve(history, happening)
    case 'retry':
      return retry(history, happening)
  }
}

/** Longer than anything is looked for. */
const LOOKS = 80

/** Lets time go by until whatever nobody knows waits for a person, and checks that what was told is how it stands. */
async function end({ life }: History): Promise<void> {
  for (let looks = 0; looks < LOOKS; looks += 1) {
    await life.look()
    if ((await life.unknown()).every(({ hint }) => hint !== null)) break
  }
  expect((await life.unknown()).filter(({ hint }) => hint === null)).toEqual([])
  expect(brokenStories(await life.everything(), await life.told())).toEqual([])
}

/** Lets one thing after the other happen, and checks after each that every promise is kept. */
export async function liveThrough(life: Life, happenings: readonly Happening[]): Promise<void> {
  const history: History = {
    life,
    requests: [],
    happened: new Map(),
    approved: new Map(),
    revived: new Map(),
  }
  for (const happening of happenings) {
    await happen(history, happening)
    const known = { ...history, simulators: life.simulators }
    expect(brokenPromises(await life.everything(), known)).toEqual([])
  }
  await end(history)
  expect(brokenPromises(await life.everything(), { ...history, simulators: life.simulators })).toEqual([])
}
