import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { lockOrderRow } from '#resources/orders/store'
import { expectProblem } from '#test/expect-problem'
import { startTestGateway, type TestGateway } from '#test/gateway'
import { leadRequest } from '#test/lead-requests'
import { homeboxOffer, payer } from '#test/orders'
import { placeOrder } from '#test/order-people'
import { bootstrapAccount } from '#test/seeded-order'
import { uuidOf } from '#values/ids'

/** Connections of the service's pool. */
const POOL = 10
/** Callers that may wait for one of them. */
const WAITING = 1_000

let gateway: TestGateway
beforeEach(async () => {
  gateway = await startTestGateway()
  onTestFinished(gateway.close)
})

/** Takes every connection of the pool until it is told to let go. */
async function takeAll(): Promise<() => Promise<void>> {
  const { database } = gateway.services
  const { promise: over, resolve } = Promise.withResolvers<void>()
  let taken = 0
  const { promise: all, resolve: allTaken } = Promise.withResolvers<void>()
  const holders = Array.from({ length: POOL }, () =>
    database.transaction(async tx => {
      await tx.query('SELECT 1')
      taken += 1
      if (taken === POOL) allTaken()
      await over
    }),
  )
  await all
  return async () => {
    resolve()
    await Promise.all(holders)
  }
}

function expectUnavailable(answer: Parameters<typeof expectProblem>[0]): void {
  expectProblem(answer, 'service_unavailable')
  expect(answer.headers['retry-after']).toBe('5')
}

test('a request that gets no connection is 503 after a bounded wait, and served once there is one again', async () => {
  const release = await takeAll()
  expectUnavailable(await gateway.api('GET /v1/quotes'))
  await release()
  expect((await gateway.api('GET /v1/quotes')).status).toBe(200)
})

test('a request behind a thousand that wait for a connection is turned away at once', async () => {
  const { sql, stats } = gateway.services.database
  const release = await takeAll()
  const line = Array.from({ length: WAITING }, () => sql.query('SELECT 1'))
  expect(stats().waiting).toBe(WAITING)
  expectUnavailable(await gateway.api('GET /v1/quotes'))
  expect(stats().waiting).toBe(WAITING)
  await release()
  await Promise.all(line)
  expect(stats()).toMatchObject({ total: POOL, waiting: 0 })
})

test('a request for what somebody else holds for long is 503 after a bounded wait, and changes nothing', async () => {
  const { path, id, homeboxId } = await placeOrder(gateway)
  const scope = { accountId: await bootstrapAccount(gateway), mode: 'test' as const }
  gateway.simulators.homebox.happen.setOrderStatus(Number(homeboxId), { id: 9, text: 'Cancelled' })
  await gateway.services.database.transaction(async tx => {
    await lockOrderRow(tx, scope, uuidOf('order', id))
    expectUnavailable(await gateway.api(`GET ${path}?refresh=true`))
    expect((await gateway.api(`GET ${path}`)).body.status).toBe('pending')
  })
  expect((await gateway.api(`GET ${path}?refresh=true`)).body.status).toBe('cancelled')
})

/** Gives three transactions up at their first write to the table, and lets the fourth through. */
const GIVE_UP = `
  CREATE FUNCTION give_up() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF current_setting('test.through', true) IS DISTINCT FROM 'yes' THEN
      IF nextval('conflicts') % 4 <> 0 THEN RAISE EXCEPTION 'for a test' USING ERRCODE = TG_ARGV[0]; END IF;
      PERFORM set_config('test.through', 'yes', true);
    END IF;
    RETURN NULL;
  END $$`

async function giveUpThrice(table: string, state: string): Promise<void> {
  const { sql } = gateway.services.database
  await sql.query('CREATE SEQUENCE conflicts')
  await sql.query(GIVE_UP)
  await sql.query(
    `CREATE TRIGGER conflict AFTER INSERT OR UPDATE ON ${table}
     FOR EACH STATEMENT EXECUTE FUNCTION give_up('${state}')`,
  )
}

async function given(): Promise<number> {
  const { sql } = gateway.services.database
  const { rows } = await sql.query<{ last_value: number }>('SELECT last_value FROM conflicts')
  return rows[0]?.last_value ?? 0
}

test.each([
  ['events', '40P01'],
  ['events', '40001'],
  ['orders', '40P01'],
  ['tenants', '40P01'],
  ['properties', '40P01'],
  ['tenancies', '40P01'],
  ['operations', '40P01'],
  ['mappings', '40P01'],
  ['watches', '40P01'],
  ['idempotency_records', '40P01'],
])(
  'nobody notices when what an order writes to %s is given up three times over by %s',
  async (table, state) => {
    const offer_id = await homeboxOffer(gateway.api)
    await giveUpThrice(table, state)
    const body = { offer_id, bill_payers: 1, tenants: [payer()] }
    const answer = await gateway.api('POST /v1/orders', { body, headers: { 'idempotency-key': 'order-1' } })
    expect([answer.status, answer.body.status]).toEqual([201, 'pending'])
    expect(await given()).toBeGreaterThanOrEqual(4)
    const { homebox } = gateway.simulators
    expect([homebox.count('orders.create'), homebox.count('tenants.create')]).toEqual([1, 1])
    const told = (await gateway.api(`GET /v1/events?resource=${answer.body.id}`)).body.data
    expect(told.map(({ type, sequence }: { type: string; sequence: number }) => [sequence, type])).toEqual([
      [2, 'order.status_changed'],
      [1, 'order.created'],
    ])
  },
)

test.each([
  'events',
  'leads',
  'lead_submissions',
  'tenants',
  'operations',
  'mappings',
  'watches',
  'idempotency_records',
])('nobody notices when what a lead writes to %s is given up three times over', async table => {
  await giveUpThrice(table, '40P01')
  const answer = await gateway.api('POST /v1/leads', {
    body: leadRequest({ providers: ['homebox'] }),
    headers: { 'idempotency-key': 'lead-1' },
  })
  expect([answer.status, answer.body.status]).toEqual([201, 'submitted'])
  expect(await given()).toBeGreaterThanOrEqual(4)
  expect(gateway.simulators.homebox.count('leads.create')).toBe(1)
})
