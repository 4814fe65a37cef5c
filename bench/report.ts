import { cpus, loadavg, release } from 'node:os'
import type { Target } from '#bench/load'
import { over, type Rounds } from '#bench/rounds'
import { spread } from '#bench/statistics'

/** A goal, and what was measured. */
export interface Figure {
  readonly goal: string
  readonly what: string
  readonly wanted: string
  readonly figure: string
  readonly met: boolean
}

/** What one group of targets has done. */
export interface Group {
  readonly title: string
  readonly targets: readonly Target[]
  readonly rounds: Rounds
}

/** What one measure gives to the report. */
export interface Findings {
  readonly figures: readonly Figure[]
  readonly groups: readonly Group[]
}

export const ms = (value: number) => `${value.toFixed(value < 10 ? 2 : 0)} ms`
export const times = (value: number) => value.toFixed(2)

/** A goal that is met by at most, or at least, so much. */
export function figure(
  [goal, what]: readonly [goal: string, what: string],
  value: number,
  limit: { most: number } | { least: number },
  show: (value: number) => string,
): Figure {
  const [wanted, met] =
    'most' in limit
      ? [`≤ ${show(limit.most)}`, value <= limit.most]
      : [`≥ ${show(limit.least)}`, value >= limit.least]
  return { goal, what, wanted, figure: show(value), met }
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('')
}

function groupTable({ title, targets, rounds }: Group): string {
  const rows = targets.map(({ name }, index) => {
    const own = rounds[index] ?? []
    const cpu = over(own, round => round.cpuPerRequest)
    return [
      name,
      over(own, round => round.perSecond).toFixed(0),
      `${(spread(own.map(round => round.perSecond)) * 100).toFixed(0)} %`,
      ms(over(own, round => round.p50)),
      ms(over(own, round => round.p99)),
      Number.isNaN(cpu) ? '' : ms(cpu),
      String(own.reduce((sum, round) => sum + round.failed, 0)),
    ]
  })
  const head = [title, 'per second', 'spread', 'p50', 'p99', 'CPU per request', 'failed']
  return table(head, rows)
}

/** The machine, and how busy it is: figures of a busy one are worth their ratios only. */
export function describeMachine(): string {
  const [cpu] = cpus()
  const load = loadavg()[0]?.toFixed(1)
  return `${cpus().length} × ${cpu?.model ?? 'unknown'}, Linux ${release()}, Node ${process.version}, load average ${load}\n`
}

/** The goals first, then what they were worked out from: medians over the rounds, and how far the rounds lie apart. */
export function describe(findings: readonly Findings[]): string {
  const figures = findings.flatMap(found => found.figures)
  const goals = figures.map(({ goal, what, wanted, figure: found, met }) => [
    goal,
    what,
    wanted,
    found,
    met ? 'yes' : 'no',
  ])
  const groups = findings.flatMap(found => found.groups).map(groupTable)
  return [table(['goal', 'what', 'wanted', 'measured', 'met'], goals), ...groups].join('\n')
}
