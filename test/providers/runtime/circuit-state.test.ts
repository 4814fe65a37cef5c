import { describe, expect, test } from 'vitest'
import { beginProbe, CLOSED, type CircuitRecord, judgeProbe, trip, waitMs } from '#providers/circuit-state'
import { hasFailed, isFirstFailure, withVerdict } from '#providers/failure-count'

const NOW = 1_000_000
const open: CircuitRecord = {
  state: 'open',
  pauseMs: 5_000,
  openUntil: NOW + 5_000,
  probe: null,
  goodProbes: 0,
}
const AFTER = open.openUntil
const probed: CircuitRecord = { ...open, state: 'half_open', probe: { id: 'p1', until: AFTER + 9_000 } }

describe('a circuit', () => {
  test('opens for five seconds, and up to a fifth more by chance', () => {
    expect(trip(CLOSED, NOW, 0)).toEqual(open)
    expect(trip(CLOSED, NOW, 1).openUntil).toBe(NOW + 6_000)
    expect(trip(CLOSED, NOW, 0.0001).openUntil).toBe(NOW + 5_001)
  })

  test('that is not closed does not open anew', () => {
    expect(trip(open, NOW + 1, 0)).toBe(open)
    expect(trip(probed, AFTER, 0)).toBe(probed)
  })

  test('lets a probe through once its pause is over', () => {
    const probe = { id: 'p1', longestMs: 9_000 }
    expect(beginProbe(open, probe, AFTER - 1)).toBe(open)
    expect(beginProbe(open, probe, AFTER)).toEqual(probed)
    expect(beginProbe(CLOSED, probe, AFTER)).toBe(CLOSED)
  })

  test('lets the next probe through once the one before it can only be dead', () => {
    const next = { id: 'p2', longestMs: 9_000 }
    expect(beginProbe(probed, next, AFTER + 8_999)).toBe(probed)
    expect(beginProbe(probed, next, AFTER + 9_000).probe).toEqual({ id: 'p2', until: AFTER + 18_000 })
  })

  test('tells how long to wait', () => {
    expect(waitMs(CLOSED, NOW)).toBe(0)
    expect(waitMs(open, AFTER - 3)).toBe(3)
    expect(waitMs(open, AFTER)).toBe(0)
    expect(waitMs(probed, AFTER + 8_999)).toBe(1_000)
    expect(waitMs(probed, AFTER + 9_000)).toBe(0)
  })
})

describe('a probe', () => {
  const judged = (record: CircuitRecord, verdict: 'good' | 'bad' | 'neutral', id = 'p1') =>
    judgeProbe(record, id, verdict, AFTER, 0)

  test('that is bad opens the circuit for twice as long, a minute at most', () => {
    expect(judged(probed, 'bad')).toEqual({ ...open, pauseMs: 10_000, openUntil: AFTER + 10_000 })
    expect(judged({ ...probed, pauseMs: 40_000 }, 'bad').pauseMs).toBe(60_000)
    expect(judged({ ...probed, goodProbes: 1 }, 'bad').goodProbes).toBe(0)
  })

  test('that is good makes room for the next, and the second good one closes the circuit', () => {
    const first = judged(probed, 'good')
    expect(first).toEqual({ ...probed, probe: null, goodProbes: 1 })
    expect(judged({ ...first, probe: probed.probe }, 'good')).toBe(CLOSED)
  })

  test('that shows nothing only makes room', () => {
    expect(judged({ ...probed, goodProbes: 1 }, 'neutral')).toEqual({ ...probed, probe: null, goodProbes: 1 })
  })

  test('that was given up meanwhile changes nothing', () => {
    expect(judged(probed, 'bad', 'p0')).toBe(probed)
    expect(judged(open, 'good')).toBe(open)
  })
})

describe('the latest verdicts', () => {
  const verdicts = (text: string) => [...text].map(letter => letter === '+')

  test.each([
    ['', false],
    ['----', false],
    ['-----', true],
    ['+-----', true],
    ['-----+', false],
    ['-+-+-+-+-+-+-+-+-+-', false],
    ['-+-+-+-+-+-+-+-+-+-+', true],
    ['-+-+-+-+-+-+-+-+-+++', false],
  ])('%j tell of a failure: %j', (text, failed) => {
    expect(hasFailed(verdicts(text))).toBe(failed)
  })

  test.each([
    ['', false],
    ['-', true],
    ['+-', true],
    ['--', false],
    ['-+', false],
  ])('%j end with a first failure: %j', (text, first) => {
    expect(isFirstFailure(verdicts(text))).toBe(first)
  })

  test('are twenty', () => {
    expect(withVerdict(verdicts('-'.repeat(20)), true)).toEqual(verdicts(`${'-'.repeat(19)}+`))
  })
})
