import { pino } from 'pino'
import { describe, expect, test } from 'vitest'
import { baselineFrom } from '#providers/drift/baseline'
import type { SeenAnswer } from '#providers/drift/sampling'
import { createDriftWatch, type Drift } from '#providers/drift/watch'
import { createManualClock } from '#test/manual-clock'

const endpoint = 'GET /orders/{id}'
const homebox = baselineFrom({
  [endpoint]: { operations: ['orders.get'], answer: { $: 'object', '$.id': 'number' } },
})
const answer: SeenAnswer = {
  provider: 'homebox',
  mode: 'test',
  connectionId: 'c1',
  operation: 'orders.get',
  endpoint,
  body: { id: '31-canary' },
  bytes: 18,
}

function setUp(options: { random?: () => number; write?: () => Promise<void> } = {}) {
  const { random = () => 0.99, write } = options
  const written: Drift[] = []
  const told: Drift[] = []
  const logs: string[] = []
  const clock = createManualClock()
  const watch = createDriftWatch({
    baselines: new Map([['homebox', homebox]]),
    random,
    clock,
    logger: pino({}, { write: line => void logs.push(line) }),
    onDrift: drift => told.push(drift),
    write: write ?? (async batch => void written.push(...batch)),
  })
  const see = (changes: Partial<SeenAnswer> = {}, times = 1) => {
    for (let count = 0; count < times; count += 1) watch.see({ ...answer, ...changes })
  }
  return { watch, see, written, told, logs, clock }
}

describe('an answer', () => {
  test('is held against its baseline after the call, and what differs is written', async () => {
    const { watch, see, written, told, clock } = setUp()
    see()
    expect(told).toEqual([])
    await watch.flush()
    const { body: _, bytes: __, ...of } = answer
    const difference = { path: '$.id', kind: 'retyped', expected: 'number', found: 'string' }
    expect(written).toEqual([{ ...of, ...difference, seenAt: clock.date() }])
    expect(told).toEqual(written)
    expect(JSON.stringify(written)).not.toContain('canary')
  })

  test('is looked at by itself, without anybody asking', async () => {
    const { see, told } = setUp()
    see()
    await new Promise(setImmediate)
    expect(told).toHaveLength(1)
  })

  test('of an operation without a baseline is not looked at, and that is told', async () => {
    const { watch, see, written } = setUp()
    see({ operation: 'orders.list', endpoint: 'GET /orders' })
    see({ provider: 'housr' })
    await watch.flush()
    expect(written).toEqual([])
    expect(watch.covers('homebox', 'orders.get')).toBe(true)
    expect(watch.covers('homebox', 'orders.list')).toBe(false)
    expect(watch.covers('housr', 'orders.get')).toBe(false)
  })

  test('that is like no JSON harms nobody', async () => {
    const { watch, see, logs } = setUp()
    const ownKeys = () => {
      throw new TypeError('no keys')
    }
    const body = new Proxy({}, { ownKeys })
    see({ body })
    await watch.flush()
    expect(logs.join('')).toContain('an answer could not be held against its baseline')
  })
})

describe('of many answers', () => {
  test('the first of an operation at a connection is looked at, and then a few', async () => {
    let rolled = 0
    const { watch, see, told } = setUp({ random: () => (rolled++ % 100) / 100 })
    for (let count = 0; count < 101; count += 1) {
      see()
      await watch.flush()
    }
    // The first, and those that rolled 0.00 and 0.01.
    expect(told).toHaveLength(3)
  })

  test('none after the first is where chance says so', async () => {
    const { watch, see, told } = setUp({ random: () => 0.02 })
    see({}, 40)
    see({ connectionId: 'c2' }, 40)
    await watch.flush()
    expect(told.map(({ connectionId }) => connectionId)).toEqual(['c1', 'c2'])
  })

  test('no more wait than a bound, and the rest is let go', async () => {
    const { watch, see, told } = setUp({ random: () => 0 })
    see({}, 5_000)
    await watch.flush()
    expect(told).toHaveLength(50)
    see({}, 1)
    await watch.flush()
    expect(told).toHaveLength(51)
  })

  test('no more bytes wait than a bound, but one answer may be larger', async () => {
    const { watch, see, told } = setUp({ random: () => 0 })
    see({ bytes: 1_500_000 }, 10)
    await watch.flush()
    expect(told).toHaveLength(2)
    see({ bytes: 20_000_000 }, 10)
    await watch.flush()
    expect(told).toHaveLength(3)
  })

  test('one that found no place is still the first of its operation', async () => {
    const { watch, see, told } = setUp()
    see({ bytes: 20_000_000 })
    see({ connectionId: 'c2' })
    await watch.flush()
    see({ connectionId: 'c2' })
    await watch.flush()
    expect(told.map(({ connectionId }) => connectionId)).toEqual(['c1', 'c2'])
  })
})

test('while nothing can be written nothing is lost, and nobody waits', async () => {
  let away = true
  const written: unknown[] = []
  const { watch, see, clock } = setUp({
    write: async () => {
      if (away) throw new Error('no database')
      written.push('drift')
    },
  })
  see()
  await watch.flush()
  away = false
  await clock.advance(10_000)
  expect(written).toEqual(['drift'])
})

test('closing looks at what waits and writes it', async () => {
  const { watch, see, written } = setUp()
  see()
  await watch.close()
  expect(written).toHaveLength(1)
})
