import { Pool } from 'undici'
import type { Program } from '#bench/program'
import { percentile } from '#bench/statistics'

/** One request of a load; a function where each has to be another one. */
export interface Shot {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** Who is asked what. */
export interface Target {
  readonly name: string
  readonly origin: string
  /** Whose processor time is counted; null where it is not ours to count. */
  readonly program: Program | null
  readonly shot: () => Shot
  readonly expected: number
}

/** What one round has shown. Milliseconds; failures are counted, never dropped. */
export interface Round {
  readonly perSecond: number
  readonly p50: number
  readonly p99: number
  readonly cpuPerRequest: number
  readonly failed: number
  readonly count: number
}

const WARM_UP_SHARE = 0.25

interface Shots {
  /** Sends one and notes how long it took since `since`. */
  fire(since: number): Promise<void>
  /** Forgets what was noted so far. */
  forget(): void
  taken(): readonly number[]
  failed(): number
}

function shotsAt(pool: Pool, { shot, expected }: Target): Shots {
  let times: number[] = []
  let failed = 0
  return {
    async fire(since) {
      const { method, path, headers, body } = shot()
      const answer = await pool.request({ method, path, headers: { ...headers }, body: body ?? null })
      await answer.body.text()
      if (answer.statusCode !== expected) failed += 1
      times.push(performance.now() - since)
    },
    forget() {
      times = []
      failed = 0
    },
    taken: () => times,
    failed: () => failed,
  }
}

const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))

async function measured(target: Target, shots: Shots, ms: number): Promise<Round> {
  await pause(ms * WARM_UP_SHARE)
  shots.forget()
  const began = performance.now()
  const cpuBefore = target.program?.cpuMs() ?? Number.NaN
  await pause(ms)
  const cpu = (target.program?.cpuMs() ?? Number.NaN) - cpuBefore
  const elapsed = performance.now() - began
  const times = [...shots.taken()]
  return {
    perSecond: (times.length / elapsed) * 1_000,
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
    cpuPerRequest: cpu / times.length,
    failed: shots.failed(),
    count: times.length,
  }
}

/** Closed loop: each of `connections` asks again as soon as it has its answer. The first quarter is warm-up. */
export async function closedLoop(target: Target, connections: number, ms: number): Promise<Round> {
  const pool = new Pool(target.origin, { connections })
  const shots = shotsAt(pool, target)
  let running = true
  const client = async () => {
    while (running) await shots.fire(performance.now())
  }
  const clients = Array.from({ length: connections }, client)
  const round = await measured(target, shots, ms)
  running = false
  await Promise.all(clients)
  await pool.close()
  return round
}

/**
 * Open loop: `perSecond` requests a second whether or not the earlier ones are answered; times count from when a request
 * was due, so that a stall is not hidden.
 */
export async function openLoop(target: Target, perSecond: number, ms: number): Promise<Round> {
  const pool = new Pool(target.origin, { connections: 256 })
  const shots = shotsAt(pool, target)
  const began = performance.now()
  const sent: Promise<void>[] = []
  const timer = setInterval(() => {
    const due = Math.floor(((performance.now() - began) * perSecond) / 1_000)
    while (sent.length < due) sent.push(shots.fire(began + (sent.length * 1_000) / perSecond))
  }, 1)
  const round = await measured(target, shots, ms)
  clearInterval(timer)
  await Promise.all(sent)
  await pool.close()
  return round
}

/** So many at once, each on a connection of its own; how long each took. */
export async function burst(target: Target, count: number): Promise<readonly number[]> {
  const pool = new Pool(target.origin, { connections: count })
  const shots = shotsAt(pool, target)
  const began = performance.now()
  await Promise.all(Array.from({ length: count }, () => shots.fire(began)))
  await pool.close()
  return shots.taken()
}

/** One after the other over one connection; the first is warm-up. */
export async function inTurn(target: Target, count: number): Promise<Round> {
  const pool = new Pool(target.origin, { connections: 1 })
  const shots = shotsAt(pool, target)
  for (let shot = 0; shot < count; shot += 1) {
    if (shot === 1) shots.forget()
    await shots.fire(performance.now())
  }
  await pool.close()
  const taken = shots.taken()
  return {
    perSecond: 1_000 / percentile(taken, 0.5),
    p50: percentile(taken, 0.5),
    p99: percentile(taken, 0.99),
    cpuPerRequest: Number.NaN,
    failed: shots.failed(),
    count: taken.length,
  }
}
