import { randomUUID } from 'node:crypto'
import Fastify, { type FastifyInstance } from 'fastify'
import pg from 'pg'
import { Pool } from 'undici'
import { z } from 'zod'

/** As many connections to a provider as the gateway allows itself, and as many to Postgres as it opens. */
const CONNECTIONS = 10

const Upstream = z.object({
  origin: z.string(),
  method: z.enum(['GET', 'POST']),
  path: z.string(),
  headers: z.record(z.string(), z.string()),
})
export type Upstream = z.output<typeof Upstream>

const Settings = z.object({
  kind: z.enum(['health', 'pass-through', 'committed', 'get', 'fan-out', 'collector']),
  databaseUrl: z.string(),
  upstreams: z.array(Upstream),
})
export type Settings = z.output<typeof Settings>

function callerOf({ origin, method, path, headers }: Upstream) {
  const pool = new Pool(origin, { connections: CONNECTIONS })
  return async (body: unknown) => {
    const sent = method === 'GET' ? null : JSON.stringify(body)
    const answer = await pool.request({ method, path, headers, body: sent })
    return { status: answer.statusCode, body: await answer.body.json() }
  }
}

/**
 * What one would write by hand with the same libraries and none of the gateway's promises: the yardsticks of the bench.
 * Each kind runs as a process of its own and serves one route.
 */
function addRoute(app: FastifyInstance, { kind, databaseUrl, upstreams }: Settings) {
  const callers = upstreams.map(callerOf)
  const call = (body: unknown) => {
    const [first] = callers
    if (!first) throw new Error('there is no upstream')
    return first(body)
  }
  const sql = new pg.Pool({ connectionString: databaseUrl, max: CONNECTIONS })
  const query = (name: string, text: string, values: unknown[]) => sql.query({ name, text, values })

  const routes: Record<Settings['kind'], () => unknown> = {
    health: () => app.get('/', () => ({ status: 'ok' })),

    'pass-through': () => app.post('/', async request => (await call(request.body)).body),

    committed: () =>
      app.post('/', async request => {
        const id = randomUUID()
        const intent = [id, JSON.stringify(request.body), 'sending']
        await query('begin', 'INSERT INTO bench.intents (id, body, state) VALUES ($1, $2, $3)', intent)
        const { status, body } = await call(request.body)
        const outcome = [id, `answered ${status}`, JSON.stringify(body)]
        await query('end', 'UPDATE bench.intents SET state = $2, answer = $3 WHERE id = $1', outcome)
        return body
      }),

    get: () =>
      app.get<{ Params: { id: string } }>('/:id', async request => {
        const { rows } = await query('get', 'SELECT * FROM quotes WHERE id = $1', [request.params.id])
        return rows[0]
      }),

    'fan-out': () =>
      app.post<{ Body: unknown[] }>('/', request =>
        Promise.all(callers.map(async (ask, index) => (await ask(request.body[index])).body)),
      ),

    // Of traces: takes whatever comes, and tells how often something came.
    collector: () => {
      let batches = 0
      app.removeAllContentTypeParsers()
      app.addContentTypeParser('*', { parseAs: 'buffer' }, async () => null)
      app.post('/v1/traces', () => {
        batches += 1
        return {}
      })
      app.get('/', () => String(batches))
    },
  }
  routes[kind]()
}

const app = Fastify()
addRoute(app, Settings.parse(JSON.parse(process.argv[2] ?? '')))
process.once('disconnect', () => process.exit())
process.send?.(await app.listen({ port: 0, host: '127.0.0.1' }))
