import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createDatabase, type Database } from '#db/client'
import { createVault } from '#db/vault'
import type { Answer } from '#http/answer'
import type { Call } from '#http/caller'
import {
  createIdempotency,
  type FreeKey,
  type Idempotency,
  type OnceOnly,
} from '#http/idempotency/idempotency'
import { ProblemError } from '#http/problem-error'
import { createTestDatabase, type TestDatabase } from '#test/database'
import { newUuid } from '#values/ids'

let server: TestDatabase
let database: Database
let replays: number
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
  replays = 0
  idempotency = createIdempotency({
    database,
    vault: createVault([Buffer.alloc(32, 1)]),
    now: () => new Date('2026-08-01T09:00:00Z'),
    leaseMs: 60_000,
    onReplay: () => {
      replays += 1
    },
  })
  const request = { key: randomUUID(), method: 'POST', path: '/v1/orders', body: { quote: 'q' } }
  const caller = { accountId: newUuid(), mode: 'test', keyId: newUuid(), scopes: [] } as const
  const spentUpstream = () => undefined
  call = { caller, requestId: 'req_1', traceparent: undefined, idempotency: request, spentUpstream }
})

const order = { prefix: 'order', uuid: newUuid() } as const
const answerOf = (body: string): Answer => ({ status: 201, headers: { 'content-type': 'text/plain' }, body })
const conflict = expect.objectContaining({
  code: 'idempotency_conflict',
  message: 'The first request with this key is still running.',
  headers: { 'retry-after': '1' },
})
const never = () => Promise.reject(new Error('must not be called'))

/** Takes the key in one commit and dies there, unless there is an answer to settle it with in another. */
const making = (body: string | null) => async (key: FreeKey) => {
  const claim = await database.transaction(tx => key.take(tx, order))
  if (body === null) throw new Error('died')
  const answer = answerOf(body)
  await database.transaction(tx => claim.settle(tx, answer))
  return answer
}
const serve = (handlers: Partial<OnceOnly>) =>
  idempotency.neverTwice(call, { prepare: never, isUnderWay: never, fromResource: never, ...handlers })
const make = (body: string | null) => serve({ prepare: async () => making(body) })

describe('a request that finds something else in its way', () => {
  const inTheWay = new ProblemError('state_conflict', 'Another one is under way.')
  const meets = (meanwhile: () => Promise<unknown>) =>
    serve({
      prepare: async () => {
        await meanwhile()
        throw inTheWay
      },
    })

  test('is told so', async () => {
    await expect(meets(async () => undefined)).rejects.toBe(inTheWay)
  })

  test('is answered what was kept where it was the same key’s own work', async () => {
    expect(await meets(() => make('made'))).toMatchObject({ status: 201, body: 'made' })
    expect(replays).toBe(1)
  })

  test('is told that its key is in use while that work goes on', async () => {
    const meanwhile = () => make(null).catch(() => undefined)
    await expect(meets(meanwhile)).rejects.toEqual(conflict)
  })
})

describe('a request that must never be run twice', () => {
  test('is run once, and answered again from what was kept', async () => {
    expect(await make('first')).toEqual(answerOf('first'))
    const { headers, ...again } = await serve({})
    expect(again).toEqual({ status: 201, body: 'first' })
    expect(headers).toMatchObject({ 'idempotent-replayed': 'true' })
    expect(replays).toBe(1)
  })

  test('is run as often as it is sent without a key', async () => {
    call = { ...call, idempotency: null }
    expect([(await make('first')).body, (await make('second')).body]).toEqual(['first', 'second'])
  })

  test('burns no key by being wrong', async () => {
    const wrong = new ProblemError('validation_failed', 'No.')
    await expect(serve({ prepare: () => Promise.reject(wrong) })).rejects.toBe(wrong)
    expect((await make('first')).body).toBe('first')
  })

  test('is refused while somebody is still sending for what it makes', async () => {
    await expect(make(null)).rejects.toThrow('died')
    const asked: unknown[] = []
    const isUnderWay: OnceOnly['isUnderWay'] = async resource => asked.push(resource) > 0
    await expect(serve({ isUnderWay })).rejects.toEqual(conflict)
    expect(asked).toEqual([order])
    expect(replays).toBe(0)
  })

  test('whose sender died is answered from what it made, and from then on always so', async () => {
    await expect(make(null)).rejects.toThrow('died')
    const asked: unknown[] = []
    const fromResource: OnceOnly['fromResource'] = async resource => {
      asked.push(resource)
      return answerOf('as it stands')
    }
    expect(await serve({ isUnderWay: async () => false, fromResource })).toEqual(answerOf('as it stands'))
    expect((await serve({})).body).toBe('as it stands')
    expect(asked).toEqual([order])
  })

  test('is refused with another body, whatever became of the first', async () => {
    await expect(make(null)).rejects.toThrow('died')
    call = { ...call, idempotency: call.idempotency && { ...call.idempotency, body: { quote: 'other' } } }
    const detail = 'This key was used before with another body.'
    await expect(serve({})).rejects.toMatchObject({ code: 'idempotency_mismatch', message: detail })
  })

  test('that was sent twice at once is run by the quicker one', async () => {
    const [prepared, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const slower = serve({
      prepare: async () => async key => {
        prepared.resolve()
        await goOn.promise
        return making('slower')(key)
      },
    })
    await prepared.promise
    expect((await make('quicker')).body).toBe('quicker')
    goOn.resolve()
    expect((await slower).body).toBe('quicker')
    expect(replays).toBe(1)
  })

  test('that lost against one that is still under way is refused', async () => {
    const [prepared, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const slower = serve({
      prepare: async () => async key => {
        prepared.resolve()
        await goOn.promise
        return making('slower')(key)
      },
    })
    await prepared.promise
    await expect(make(null)).rejects.toThrow('died')
    goOn.resolve()
    await expect(slower).rejects.toEqual(conflict)
  })

  test('that fails by itself is not answered with what somebody else has made', async () => {
    const failing = serve({
      prepare: async () => async () => {
        await make('quicker')
        throw new Error('broken')
      },
    })
    await expect(failing).rejects.toThrow('broken')
  })
})
