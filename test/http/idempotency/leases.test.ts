import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createDatabase, type Database } from '#db/client'
import { createVault } from '#db/vault'
import type { Answer } from '#http/answer'
import type { Call } from '#http/caller'
import { type Claim, createIdempotency, type Idempotency } from '#http/idempotency/idempotency'
import { createTestDatabase, type TestDatabase } from '#test/database'
import { newUuid } from '#values/ids'

const LEASE_MS = 60_000
let server: TestDatabase
let database: Database
let time: number
let idempotency: Idempotency
let call: Call

beforeAll(async () => {
  server = await createTestDatabase()
  database = createDatabase({ connectionString: server.url })
})
afterAll(async () => {
  await database.close()
  await server.drop()
})
beforeEach(() => {
  time = Date.parse('2026-08-01T09:00:00Z')
  idempotency = processWith([1])
  const request = { key: randomUUID(), method: 'POST', path: '/v1/quotes', body: { occupants: 4 } }
  const caller = { accountId: newUuid(), mode: 'test', keyId: newUuid(), scopes: [] } as const
  const spentUpstream = () => undefined
  call = { caller, requestId: 'req_1', traceparent: undefined, idempotency: request, spentUpstream }
})

function processWith(secrets: readonly number[]): Idempotency {
  const vault = createVault(secrets.map(fill => Buffer.alloc(32, fill)))
  return createIdempotency({
    database,
    vault,
    now: () => new Date(time),
    leaseMs: LEASE_MS,
    onReplay: () => undefined,
  })
}

const answerOf = (body: string): Answer => ({ status: 201, headers: { 'content-type': 'text/plain' }, body })

/** Settles with `body`, as a use case does in the commit that makes its answer true. */
const settling = (body: string) => async (claim: Claim) => {
  const answer = answerOf(body)
  await database.transaction(tx => claim.settle(tx, answer))
  return answer
}
const run = (work: (claim: Claim) => Promise<Answer>, by = idempotency) => by.once(call, async () => work)

/** A request whose work waits until it is told to go on. */
function hold(body: string) {
  const [started, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const answered = run(async claim => {
    started.resolve()
    await goOn.promise
    return settling(body)(claim)
  })
  return { started: started.promise, goOn: goOn.resolve, answered }
}

const conflict = expect.objectContaining({ code: 'idempotency_conflict' })

test('a request without a key runs as often as it is sent', async () => {
  call = { ...call, idempotency: null }
  const bodies = [(await run(settling('first'))).body, (await run(settling('second'))).body]
  expect(bodies).toEqual(['first', 'second'])
})

describe('a claim', () => {
  test('is nobody else’s while its lease runs', async () => {
    const first = hold('first')
    await first.started
    time += LEASE_MS - 1
    const unprepared = () => Promise.reject(new Error('nothing is checked in vain'))
    await expect(idempotency.once(call, unprepared)).rejects.toEqual(conflict)
    first.goOn()
    expect((await first.answered).body).toBe('first')
  })

  test('is taken over once its lease ran out, and its late holder is refused', async () => {
    const first = hold('first')
    await first.started
    time += LEASE_MS
    expect((await run(settling('second'))).body).toBe('second')
    first.goOn()
    await expect(first.answered).rejects.toEqual(conflict)
    expect((await run(settling('third'))).body).toBe('second')
  })

  test('is taken over by one of many', async () => {
    const first = hold('first')
    await first.started
    time += LEASE_MS
    const settled = await Promise.allSettled(
      Array.from({ length: 8 }, (_, at) => run(settling(`other ${at}`))),
    )
    const bodies = settled.flatMap(result => (result.status === 'fulfilled' ? [result.value.body] : []))
    expect(new Set(bodies).size).toBe(1)
    first.goOn()
    await expect(first.answered).rejects.toEqual(conflict)
  })

  test('is not taken over by a request with another body', async () => {
    const first = hold('first')
    await first.started
    time += LEASE_MS
    const other = {
      ...call,
      idempotency: call.idempotency && { ...call.idempotency, body: { occupants: 5 } },
    }
    const mismatch = expect.objectContaining({ code: 'idempotency_mismatch' })
    await expect(idempotency.once(other, async () => settling('other'))).rejects.toEqual(mismatch)
    first.goOn()
    expect((await first.answered).body).toBe('first')
  })

  test('is taken over by a process that has a newer encryption key', async () => {
    const first = hold('first')
    await first.started
    time += LEASE_MS
    expect((await run(settling('second'), processWith([2, 1]))).body).toBe('second')
    first.goOn()
    await expect(first.answered).rejects.toEqual(conflict)
  })

  test('is given back when the work fails, so that a retry runs again', async () => {
    const failing = run(async () => {
      throw new Error('broken')
    })
    await expect(failing).rejects.toThrow('broken')
    expect((await run(settling('second'))).body).toBe('second')
  })

  test('is given back when the commit that settles it is rolled back', async () => {
    const failing = run(async claim =>
      database.transaction(async tx => {
        claim.settle(tx, answerOf('first'))
        throw new Error('rolled back')
      }),
    )
    await expect(failing).rejects.toThrow('rolled back')
    expect((await run(settling('second'))).body).toBe('second')
  })

  test('is not made when the request itself is wrong', async () => {
    const wrong = idempotency.once(call, async () => {
      throw new Error('wrong')
    })
    await expect(wrong).rejects.toThrow('wrong')
    const { rows } = await database.sql.query('SELECT 1 FROM idempotency_records WHERE account_id = $1', [
      call.caller.accountId,
    ])
    expect(rows).toEqual([])
  })

  test('that was freed late does not free its successor', async () => {
    const first = Promise.withResolvers<Claim>()
    const goOn = Promise.withResolvers<void>()
    const failing = run(async claim => {
      first.resolve(claim)
      await goOn.promise
      throw new Error('broken')
    })
    await first.promise
    time += LEASE_MS
    const second = hold('second')
    await second.started
    goOn.resolve()
    await expect(failing).rejects.toThrow('broken')
    await expect(run(settling('third'))).rejects.toEqual(conflict)
    second.goOn()
    expect((await second.answered).body).toBe('second')
  })
})

describe('a replay', () => {
  test('keeps status, body, type and location, and nothing else', async () => {
    const headers = { 'content-type': 'text/plain', location: '/v1/quotes/1', 'x-other': 'x' }
    const answer = { status: 202, headers, body: 'é\u0000"' }
    await run(async claim => {
      await database.transaction(tx => claim.settle(tx, answer))
      return answer
    })
    expect(await run(settling('never'))).toEqual({
      status: 202,
      headers: { 'content-type': 'text/plain', location: '/v1/quotes/1', 'idempotent-replayed': 'true' },
      body: 'é\u0000"',
    })
  })
})
