import pg from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import { kinds } from '#test/crash-kinds'
import { brokenPromises } from '#test/crash-promises'
import { numberedRequest, type Request } from '#test/crash-requests'
import { tracedLead, tracedOrder } from '#test/crash-traces'
import { startTestGateway } from '#test/gateway'

const REQUESTS = 24
const CALLERS = 4
const TRIES = 30
const LONG_MS = 600_000

/** What becomes of every so-many-th statement that writes, whichever it is: primes, so that they do not march in step. */
const troubles = {
  'gives every 31st write up for another': [31, `RAISE EXCEPTION 'for a test' USING ERRCODE = '40P01'`],
  'drops the connection at every 47th write': [47, 'PERFORM pg_terminate_backend(pg_backend_pid())'],
} as const

const TABLES = `SELECT quote_ident(tablename) AS name FROM pg_tables
  WHERE schemaname = 'public' AND tablename NOT IN ('_prisma_migrations', 'api_keys')`

/** Lets the database be in trouble until the returned function is called. */
async function trouble(url: string, every: number, what: string): Promise<() => Promise<void>> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  onTestFinished(() => client.end())
  await client.query('CREATE SEQUENCE writes')
  await client.query(`CREATE FUNCTION trouble() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF nextval('writes') % ${every} = 0 THEN ${what}; END IF;
    RETURN NULL;
  END $$`)
  const { rows } = await client.query<{ name: string }>(TABLES)
  const write = 'AFTER INSERT OR UPDATE OR DELETE'
  for (const { name } of rows)
    await client.query(
      `CREATE TRIGGER trouble ${write} ON ${name} FOR EACH STATEMENT EXECUTE FUNCTION trouble()`,
    )
  return async () => void (await client.query('DROP FUNCTION trouble CASCADE'))
}

test.each(Object.entries(troubles))(
  'a database that %s: whoever sends again under the same key is served once, and nothing fails within',
  async (_what, [every, what]) => {
    let time = Date.now()
    const gateway = await startTestGateway({ now: () => new Date(time) })
    onTestFinished(gateway.close)
    const { api, services, simulators } = gateway
    const over = await trouble(gateway.database.url, every, what)
    const statuses = new Set<number>()

    async function serve({ kind, key, body }: Request): Promise<void> {
      for (let tries = 0; tries < TRIES; tries += 1) {
        const answer = await api(kinds[kind].route, { body, headers: { 'idempotency-key': key } })
        statuses.add(answer.status)
        if (answer.status !== 503 && answer.status !== 409) return
        // Whoever was being served then is taken to be dead.
        time += LONG_MS
        await services.journal.recover().catch(() => undefined)
      }
      throw new Error(`${key} is never served`)
    }

    const names = ['a Homebox order', 'a lead', 'a Housr order'] as const
    const requests = names.flatMap((kind, place) =>
      Array.from({ length: REQUESTS / names.length }, (_, index) =>
        numberedRequest(kind, place + names.length * index),
      ),
    )
    const left = [...requests]
    const caller = async () => {
      for (let next = left.shift(); next; next = left.shift()) await serve(next)
    }
    await Promise.all(Array.from({ length: CALLERS }, caller))
    await over()
    time += LONG_MS
    await services.journal.recover()

    expect([...statuses].filter(status => ![201, 202, 409, 503].includes(status))).toEqual([])
    expect(statuses).toContain(201)
    const orders: unknown[] = (await api('GET /v1/orders?limit=100')).body.data
    const leads: unknown[] = (await api('GET /v1/leads?limit=100')).body.data
    const all = [...orders.map(tracedOrder), ...leads.map(tracedLead)]
    expect(new Set(all.map(({ house }) => house))).toEqual(new Set(requests.map(({ house }) => house)))
    // One that the shared allowance could not be asked for is failed, nothing of it sent, and its key free again.
    const kept = all.filter(({ status }) => status !== 'failed').map(({ house }) => house)
    expect(kept).toEqual([...new Set(kept)])
    const nothing = new Map<string, never>()
    expect(
      brokenPromises(all, { simulators, happened: nothing, approved: nothing, revived: nothing }),
    ).toEqual([])
  },
  120_000,
)
