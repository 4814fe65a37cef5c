import pg from 'pg'
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  onTestFinished,
  test,
  vi,
} from 'vitest'
import { appendEvent, DELIVERIES_CHANNEL } from '#events/append-event'
import { startTestGateway, type TestGateway } from '#test/gateway'
import { household } from '#test/households'
import { createManualClock } from '#test/manual-clock'
import { seedKey } from '#test/seed'
import { bootstrapAccount } from '#test/seeded-order'
import { after as once, answers, type FaultyUpstream, startUpstream } from '#test/upstream'
import {
  deliveriesOf,
  happen,
  type MadeWebhook,
  makeWebhook,
  startDeliverer,
  untilDelivery,
} from '#test/webhooks'
import { newUuid, uuidOf } from '#values/ids'
import { PATIENCE } from '#test/patience'

let clock = createManualClock()
let gateway: TestGateway
let receiver: FaultyUpstream
let webhook: MadeWebhook
beforeAll(async () => {
  gateway = await startTestGateway({
    environment: { BILLBRIDGE_WEBHOOK_ALLOW_PRIVATE: 'true' },
    now: () => clock.date(),
  })
})
afterAll(() => gateway.close())
beforeEach(async () => {
  clock = createManualClock()
  receiver = await startUpstream()
  webhook = await makeWebhook(gateway, { url: receiver.url })
})
afterEach(() => gateway.api(`DELETE /v1/webhooks/${webhook.id}`))

const sent = () => receiver.requests.map(({ headers }) => headers['webhook-id'])

describe('an event', () => {
  test('F38: that was committed before the process died is delivered by the next one', async () => {
    const id = await happen(gateway)
    expect(await deliveriesOf(gateway, webhook.id)).toMatchObject([{ state: 'pending', event_id: id }])
    startDeliverer(gateway, { clock })
    await untilDelivery(gateway, webhook.id, { state: 'delivered' })
    expect(sent()).toEqual([id])
  })

  test('F38: of a state that was rolled back is not there, nor on its way', async () => {
    const accountId = await bootstrapAccount(gateway)
    const resource = { prefix: 'order' as const, uuid: newUuid() }
    const type = 'order.created' as const
    const event = { accountId, mode: 'test' as const, type, resource, data: {}, at: clock.date() }
    const broken = gateway.services.database.transaction(async tx => {
      appendEvent(tx, event)
      throw new Error('rolled back')
    })
    await expect(broken).rejects.toThrow('rolled back')
    expect(await deliveriesOf(gateway, webhook.id)).toEqual([])
  })

  test('that a use case writes is on its way in the same commit', async () => {
    const { body } = await gateway.api('POST /v1/quotes', { body: household({ providers: ['homebox'] }) })
    expect(await deliveriesOf(gateway, webhook.id)).toMatchObject([{ event_type: 'quote.completed' }])
    startDeliverer(gateway, { clock })
    await receiver.received(1)
    expect(JSON.parse(receiver.requests[0]?.body ?? '')).toMatchObject({
      type: 'quote.completed',
      data: { resource: body.id, data: { id: body.id, status: 'complete' } },
    })
  })

  test('goes to those that listen to its type, in its account and mode, and are enabled', async () => {
    const listening = [webhook]
    const make = async (body: object) => makeWebhook(gateway, { url: receiver.url, ...body })
    listening.push(await make({ events: ['lead.failed', 'order.created'] }))
    const deaf = [await make({ events: ['lead.failed'] }), await make({}), await make({})]
    await gateway.api(`PATCH /v1/webhooks/${deaf[1]?.id}`, { body: { state: 'disabled' } })
    await gateway.api(`DELETE /v1/webhooks/${deaf[2]?.id}`)
    const stranger = (await seedKey(gateway)).key
    const accountId = await bootstrapAccount(gateway)
    const live = await seedKey(gateway, { accountId, mode: 'live' })
    for (const key of [stranger, live.key])
      await gateway.api('POST /v1/webhooks', { key, body: { url: receiver.url } })
    const event = await happen(gateway, { type: 'order.created' })
    const { rows } = await gateway.services.database.sql.query<{ id: string }>(
      'SELECT webhook_id AS id FROM deliveries WHERE event_id = $1',
      [uuidOf('event', event)],
    )
    const expected = listening.map(({ id }) => uuidOf('webhook', id))
    expect(rows.map(({ id }) => id).toSorted()).toEqual(expected.toSorted())
    for (const { id } of [...listening, ...deaf]) await gateway.api(`DELETE /v1/webhooks/${id}`)
  })

  test('is told of only where somebody listens', async () => {
    const { services, database } = gateway
    const heard: (string | undefined)[] = []
    const client = new pg.Client({ connectionString: database.url })
    client.on('notification', ({ payload }) => heard.push(payload))
    await client.connect()
    onTestFinished(() => client.end())
    await client.query(`LISTEN ${DELIVERIES_CHANNEL}`)
    await happen(gateway)
    await gateway.api(`PATCH /v1/webhooks/${webhook.id}`, { body: { state: 'disabled' } })
    await happen(gateway)
    await services.database.sql.query('SELECT pg_notify($1, $2)', [DELIVERIES_CHANNEL, 'last'])
    await vi.waitFor(() => expect(heard).toContain('last'), PATIENCE)
    expect(heard).toEqual(['', 'last'])
  })
})

describe('several processes', () => {
  test('deliver each event once between them', async () => {
    const deliverers = [startDeliverer(gateway, { clock }), startDeliverer(gateway, { clock })]
    const ids: string[] = []
    for (let made = 0; made < 30; made += 1) ids.push(await happen(gateway))
    await vi.waitFor(async () => {
      await Promise.all(deliverers.map(({ wake }) => wake()))
      expect(await deliveriesOf(gateway, webhook.id, '&state=delivered')).toHaveLength(30)
    }, PATIENCE)
    expect(sent().toSorted()).toEqual(ids.toSorted())
  })

  test('take over what one that died was sending, once its lease has run out', async () => {
    const never = new Promise<void>(() => undefined)
    receiver.next(once(never, answers(200, '')))
    // Its attempt is cut off by nobody: for this process time stands still.
    startDeliverer(gateway, { clock: createManualClock(clock.date()) })
    const id = await happen(gateway)
    await receiver.received(1)
    const other = startDeliverer(gateway, { clock })
    await clock.advance(44_999)
    await other.wake()
    expect(sent()).toEqual([id])
    await clock.advance(1)
    await other.wake()
    await untilDelivery(gateway, webhook.id, { state: 'delivered', attempts: 1 })
    expect(sent()).toEqual([id, id])
  })
})

describe('one that is stopped', () => {
  test('lets what is under way end', async () => {
    const answered = Promise.withResolvers<void>()
    receiver.next(once(answered.promise, answers(200, '')))
    const deliverer = startDeliverer(gateway, { clock })
    await happen(gateway)
    await receiver.received(1)
    const stopped = deliverer.stop()
    answered.resolve()
    await stopped
    expect(await deliveriesOf(gateway, webhook.id)).toMatchObject([{ state: 'delivered' }])
  })

  test('hands back what takes too long, for another to deliver at once', async () => {
    receiver.next(once(new Promise(() => undefined), answers(200, '')))
    const deliverer = startDeliverer(gateway, { clock })
    const id = await happen(gateway)
    await receiver.received(1)
    const stopped = deliverer.stop()
    // The time that the attempt has, and the time that stopping gives it.
    await vi.waitFor(() => expect(clock.timers()).toBe(2), PATIENCE)
    await clock.advance(5_000)
    await stopped
    expect(await deliveriesOf(gateway, webhook.id)).toMatchObject([{ state: 'pending', attempts: [] }])
    startDeliverer(gateway, { clock })
    await untilDelivery(gateway, webhook.id, { state: 'delivered', attempts: 1 })
    expect(sent()).toEqual([id, id])
  })
})

describe('F34: a delivery that cannot be made', () => {
  const change = (text: string, ...values: unknown[]) => gateway.services.database.sql.query(text, values)

  test('because its secret cannot be opened costs nobody else anything, and is tried again', async () => {
    const other = await makeWebhook(gateway, { url: receiver.url })
    await change(`UPDATE webhooks SET secret = '\\x00' WHERE id = $1`, uuidOf('webhook', webhook.id))
    startDeliverer(gateway, { clock })
    await happen(gateway)
    const expected = [{ status: null, error: 'internal' }]
    expect(await untilDelivery(gateway, webhook.id, { state: 'failed', attempts: 1 })).toMatchObject({
      attempts: expected,
    })
    await untilDelivery(gateway, other.id, { state: 'delivered' })
    await gateway.api(`DELETE /v1/webhooks/${other.id}`)
  })

  test('because it takes the process down each time ends dead', async () => {
    await happen(gateway)
    const crashed = "UPDATE deliveries SET attempts = 10, lease_until = $1 WHERE state = 'pending'"
    await change(crashed, clock.date())
    startDeliverer(gateway, { clock })
    const { attempts } = await untilDelivery(gateway, webhook.id, { state: 'dead' })
    expect(attempts).toMatchObject([{ status: null, error: 'interrupted' }])
    expect(receiver.requests).toEqual([])
  })
})
