import { readdirSync, readlinkSync } from 'node:fs'
import type { Program } from '#bench/program'
import { type Figure, figure } from '#bench/report'

export interface Sample {
  /** Since the start. */
  readonly minutes: number
  readonly megabytes: number
}

/** Megabytes per minute, by least squares. */
export function slopeOf(samples: readonly Sample[]): number {
  const mean = (of: (sample: Sample) => number) =>
    samples.reduce((sum, sample) => sum + of(sample), 0) / samples.length
  const minutes = mean(sample => sample.minutes)
  const megabytes = mean(sample => sample.megabytes)
  const covariance = mean(sample => (sample.minutes - minutes) * (sample.megabytes - megabytes))
  return covariance / mean(sample => (sample.minutes - minutes) ** 2)
}

/** What the process holds open towards others. */
export function socketsOf({ child }: Program): number {
  const folder = `/proc/${child.pid}/fd`
  const isSocket = (name: string) => {
    try {
      return readlinkSync(`${folder}/${name}`).startsWith('socket:')
    } catch {
      return false // closed since it was listed
    }
  }
  return readdirSync(folder).filter(isSocket).length
}

/** Rows that nobody takes care of any more, by what they are. `deadlineMs`: the longest that a call may take. */
export function stuckRows(deadlineMs: number): Readonly<Record<string, string>> {
  const before = (interval: string) => `now() - interval '${interval}'`
  return {
    'operations being sent for too long': `FROM operations WHERE state = 'sending' AND sent_at < ${before(`${2 * deadlineMs} milliseconds`)}`,
    'unknown outcomes that nobody looks for': `FROM operations WHERE state = 'unknown' AND next_look_at < ${before('1 minute')}`,
    'deliveries that nobody makes': `FROM deliveries WHERE next_attempt_at < ${before('1 minute')}`,
    // Traffic like this makes more to look at than looking around is allowed to take: it only must not stand still.
    'looks for changes that nobody takes': `FROM watches WHERE next_at < ${before('3 minutes')}
      AND NOT EXISTS (SELECT 1 FROM watches WHERE looked_at > ${before('2 minutes')})`,
  }
}

const count = (value: number) => String(value)

/** A figure that must be zero. */
export function none(what: string, value: number): Figure {
  return figure(['soak', what], value, { most: 0 }, count)
}

export function atMost(what: string, value: number, most: number, show = count): Figure {
  return figure(['soak', what], value, { most }, show)
}
