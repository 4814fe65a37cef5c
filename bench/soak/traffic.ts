import { setTimeout as pause } from 'node:timers/promises'
import { Pool } from 'undici'
import { z } from 'zod'

const FAULTY = 0.01
/** A request that went well is sent again so often: its answer must not be made again. */
const REPEATED = 0.1
const TRIES = 4
const TRY_AGAIN_MS = 300
const Made = z.object({ id: z.string() })

interface Sent {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly body?: unknown
  readonly key?: string
}

export interface Traffic {
  /** Answers by status; 0 where the connection broke. */
  readonly statuses: ReadonlyMap<number, number>
  /** Comes to an end, with everything that is under way. */
  stop(): Promise<void>
}

const address = { line_1: '5 Media Exchange', city: 'Newcastle upon Tyne', postcode: 'NE1 2QB' }
const tenancy = { start_date: '2027-09-01', end_date: '2028-08-31' }

function person(number: number) {
  return {
    first_name: 'Jane',
    last_name: 'Smith',
    email: `soak-${number}@example.com`,
    phone: '+447700900121',
  }
}

function payer(number: number) {
  return { ...person(number), date_of_birth: '2000-01-01', nationality: 'GB' }
}

const bank_account = { account_name: 'Jane Smith', account_number: '12345678', sort_code: '00-00-00' }

function orderAt(provider: 'homebox' | 'housr', number: number) {
  const common = { provider, address, tenancy, occupants: 1, household_type: 'student' }
  if (provider === 'housr')
    return {
      ...common,
      product: 'bills_package',
      services: ['electricity', 'gas'],
      tenants: [payer(number)],
    }
  const billing_address = { ...address, line_2: null, county: null }
  const tenants = [{ ...payer(number), bank_account, billing_address }]
  return { ...common, product: 'tenant_package', package_id: '1', bill_payers: 1, tenants }
}

function quote(providers: readonly string[]): Sent {
  const body = {
    address: { postcode: 'NE1 2QB' },
    occupants: 4,
    tenancy: { start_date: '2027-09-01' },
    providers,
  }
  return { method: 'POST', path: '/v1/quotes', body }
}

function lead(number: number, provider: string): Sent {
  const body = { address, tenancy, providers: [provider], tenants: [person(number)] }
  return { method: 'POST', path: '/v1/leads', body, key: `soak-lead-${number}` }
}

function order(number: number, provider: 'homebox' | 'housr'): Sent {
  return { method: 'POST', path: '/v1/orders', body: orderAt(provider, number), key: `soak-order-${number}` }
}

/** Out of a hundred requests, what each is. */
function choose(number: number, made: readonly string[]): Sent {
  const chance = Math.random() * 100
  const known = made[Math.floor(Math.random() * made.length)]
  if (chance < 35) return quote(['homebox'])
  if (chance < 38) return quote(['homebox', 'one_utility_bill'])
  if (chance < 58) return lead(number, 'homebox')
  if (chance < 60) return lead(number, 'one_utility_bill')
  if (chance < 61) return order(number, 'homebox')
  if (chance < 62) return order(number, 'housr')
  if (chance < 72 || known === undefined) return { method: 'GET', path: '/v1/quotes?limit=10' }
  if (chance < 82) return { method: 'GET', path: '/v1/events?limit=25' }
  return { method: 'GET', path: `/v1/leads/${known}${chance < 86 ? '?refresh=true' : ''}` }
}

/** Callers who ask for this and that, try again what failed under its key, and now and then what went well. */
export function startTraffic(
  { origin, key }: { origin: string; key: string },
  { callers, thinkMs, armOnce }: { callers: number; thinkMs: number; armOnce: () => void },
): Traffic {
  const pool = new Pool(origin, { connections: callers })
  const statuses = new Map<number, number>()
  const made: string[] = []
  let number = 0
  let over = false

  async function send({ method, path, body, key: idempotencyKey }: Sent): Promise<number> {
    const headers = {
      authorization: `Bearer ${key}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
    }
    const payload = body === undefined ? null : JSON.stringify(body)
    try {
      const answer = await pool.request({ method, path, headers, body: payload })
      const said: unknown = await answer.body.json()
      if (path === '/v1/leads' && answer.statusCode === 201) made[number % 500] = Made.parse(said).id
      return answer.statusCode
    } catch {
      return 0
    }
  }

  async function sendUntilSettled(sent: Sent): Promise<void> {
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      const status = await send(sent)
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
      if (sent.key === undefined) return
      const settled = status > 0 && status < 500 && status !== 409 && status !== 429
      if (settled && Math.random() >= REPEATED) return
      if (!settled) await pause(TRY_AGAIN_MS)
    }
  }

  const caller = async () => {
    while (!over) {
      if (Math.random() < FAULTY) armOnce()
      number += 1
      await sendUntilSettled(choose(number, made))
      await pause(thinkMs)
    }
  }
  const running = Array.from({ length: callers }, caller)
  return {
    statuses,
    stop: async () => {
      over = true
      await Promise.all(running)
      await pool.close()
    },
  }
}
