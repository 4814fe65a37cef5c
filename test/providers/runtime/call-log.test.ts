import { pino } from 'pino'
import { expect, test } from 'vitest'
import type { CallRecord } from '#providers/call-context'
import { createCallLog } from '#providers/call-log'
import { createManualClock } from '#test/manual-clock'

const call = (id: string): CallRecord => ({
  id,
  context: {
    accountId: 'a1',
    requestId: 'req_1',
    connection: {
      id: 'c1',
      provider: 'homebox',
      mode: 'test',
      baseUrl: 'http://127.0.0.1',
      fingerprint: 'f1',
      source: 'account',
    },
  },
  operation: 'quotes.create',
  method: 'GET',
  path: '/packages',
  attempt: 1,
  outcome: 'ok',
  status: 200,
  errorCode: null,
  durationMs: 5,
  requestBody: null,
  responseBody: null,
  createdAt: new Date(0),
})

/** A call log over a store that can be away, or refuse one record for good. */
function setUp() {
  const clock = createManualClock()
  const batches: string[][] = []
  const store = { away: false, refuses: '', dropped: 0, tries: 0 }
  const log = createCallLog({
    clock,
    logger: pino({ enabled: false }),
    onDrop: count => {
      store.dropped += count
    },
    write: async batch => {
      store.tries += 1
      const ids = batch.map(({ id }) => id)
      if (store.away || ids.includes(store.refuses)) throw new Error('no')
      batches.push(ids)
    },
  })
  const record = (count: number, from = 0) => {
    for (let index = from; index < from + count; index += 1) log.record(call(`c${index}`))
  }
  return { clock, log, store, record, batches, written: () => batches.flat() }
}

test('records are written in batches, in their order, after a moment', async () => {
  const { clock, record, batches } = setUp()
  record(3)
  expect(batches).toEqual([])
  await clock.advance(250)
  expect(batches).toEqual([['c0', 'c1', 'c2']])
})

test('a full batch does not wait', async () => {
  const { clock, record, batches } = setUp()
  record(201)
  await clock.advance(0)
  expect(batches.map(batch => batch.length)).toEqual([200, 1])
})

test('flushing writes what is there', async () => {
  const { log, record, written } = setUp()
  record(450)
  await log.flush()
  expect(written()).toHaveLength(450)
})

test('while the store is away records wait, and are written once it is back', async () => {
  const { clock, record, store, written } = setUp()
  store.away = true
  record(5)
  await clock.advance(2_000)
  store.away = false
  record(5, 5)
  await clock.advance(60_000)
  expect(written()).toEqual(['c0', 'c1', 'c2', 'c3', 'c4', 'c5', 'c6', 'c7', 'c8', 'c9'])
  expect(store.dropped).toBe(0)
})

test('a store that stays away is tried ever more rarely', async () => {
  const { clock, record, store } = setUp()
  store.away = true
  record(1_000)
  await clock.advance(60_000)
  expect(store.tries).toBe(10)
})

test('memory is bounded: the oldest records go first, and are counted', async () => {
  const { clock, log, record, store, written } = setUp()
  store.away = true
  record(200)
  await clock.advance(1)
  record(5_900, 200)
  store.away = false
  await log.flush()
  expect(store.dropped).toBe(1_100)
  expect([written()[0], written().at(-1), written().length]).toEqual(['c1100', 'c6099', 5_000])
})

test('one record that the store refuses is dropped, and all others are written', async () => {
  const { clock, record, store, written } = setUp()
  store.refuses = 'c77'
  record(150)
  await clock.advance(300_000)
  expect(store.dropped).toBe(1)
  expect(new Set(written()).size).toBe(149)
})

test('closing writes the rest once, counts what it could not, and takes nothing more', async () => {
  const { clock, log, record, store, written } = setUp()
  record(3)
  await log.close()
  record(1, 3)
  await clock.advance(60_000)
  expect(written()).toEqual(['c0', 'c1', 'c2'])
  expect([store.dropped, clock.timers()]).toEqual([0, 0])
})

test('closing while the store is away ends', async () => {
  const { log, record, store } = setUp()
  store.away = true
  record(3)
  await log.close()
  expect(store.dropped).toBe(3)
})
