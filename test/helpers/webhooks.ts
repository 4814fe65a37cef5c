import { Webhook as Verifier } from 'standardwebhooks'
import { expect, onTestFinished, vi } from 'vitest'
import type { Delivery, Webhook } from '#contract/webhooks'
import { appendEvent, type NewEvent } from '#events/append-event'
import { type Deliveries, startDeliveries } from '#jobs/deliver-webhooks'
import { type Resolve, systemResolve } from '#providers/wire/guarded-lookup'
import { type Clock, systemClock } from '#providers/clock'
import type { TestGateway } from '#test/gateway'
import type { ManualClock } from '#test/manual-clock'
import { bootstrapAccount } from '#test/seeded-order'
import type { Received } from '#test/upstream'
import { idFromUuid, newUuid } from '#values/ids'
import { PATIENCE } from '#test/patience'

/** Long, since the machine may be busy; whoever waits goes on at once when it is so. */

export interface MadeWebhook extends Webhook {
  readonly secret: string
}

export async function makeWebhook({ api }: TestGateway, body: object): Promise<MadeWebhook> {
  const answer = await api('POST /v1/webhooks', { body })
  expect(answer).toMatchObject({ status: 201 })
  return answer.body
}

/** Delivers what the gateway's database holds, until the test is over. The waits between attempts are not lengthened. */
export function startDeliverer(
  { services, database }: TestGateway,
  options: { clock?: Clock; allowPrivate?: boolean; resolve?: Resolve } = {},
) {
  const { clock = systemClock, allowPrivate = true, resolve = systemResolve } = options
  const connectionString = database.url
  const deliverer = startDeliveries({
    ...services,
    clock,
    allowPrivate,
    resolve,
    connectionString,
    random: () => 0,
  })
  onTestFinished(() => stopWith(deliverer, clock))
  return deliverer
}

/** A clock that stands still would have it wait for ever for what is under way. */
async function stopWith(deliverer: Deliveries, clock: Clock | ManualClock): Promise<void> {
  let isStopped = false
  void deliverer.stop().then(() => {
    isStopped = true
  })
  await vi.waitFor(async () => {
    if ('advance' in clock) await clock.advance(5_000)
    expect(isStopped).toBe(true)
  }, PATIENCE)
}

/** Commits an event of the main account, as one that a use case would write; returns its id. */
export async function happen(gateway: TestGateway, different: Partial<NewEvent> = {}): Promise<string> {
  const { services } = gateway
  const event: NewEvent = {
    accountId: await bootstrapAccount(gateway),
    mode: 'test',
    type: 'order.status_changed',
    resource: { prefix: 'order', uuid: newUuid() },
    data: { status: 'active' },
    at: services.now(),
    ...different,
  }
  await services.database.transaction(tx => appendEvent(tx, event))
  const { rows } = await services.database.sql.query<{ id: string }>(
    'SELECT id FROM events WHERE account_id = $1 AND resource_id = $2 ORDER BY seq DESC LIMIT 1',
    [event.accountId, event.resource.uuid],
  )
  return idFromUuid('event', rows[0]?.id ?? '')
}

export async function deliveriesOf({ api }: TestGateway, webhook: string, query = ''): Promise<Delivery[]> {
  return (await api(`GET /v1/webhooks/${webhook}/deliveries?limit=100${query}`)).body.data
}

/** The newest delivery, once it is as wanted. */
export async function untilDelivery(
  gateway: TestGateway,
  webhook: string,
  wanted: { state: Delivery['state']; attempts?: number },
): Promise<Delivery> {
  const { attempts } = wanted
  return vi.waitFor(async () => {
    const [delivery] = await deliveriesOf(gateway, webhook)
    if (!delivery) throw new Error('there is no delivery')
    expect({ state: delivery.state, ...(attempts && { attempts: delivery.attempts.length }) }).toEqual(wanted)
    return delivery
  }, PATIENCE)
}

/** What a request says, checked with the library at the moment of the attempt. Throws when the signature is wrong. */
export function verified(
  { body, headers }: Pick<Received, 'body' | 'headers'>,
  secret: string,
  at: Date,
): unknown {
  const clock = vi.spyOn(Date, 'now').mockReturnValue(at.getTime())
  try {
    return new Verifier(secret).verify(body, { ...headers })
  } finally {
    clock.mockRestore()
  }
}
