import { appendFileSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { z } from 'zod'

/** One commit: what was put where, and what it counted. Lines add up; the first one sums up all runs before. */
const Line = z.object({
  next_id: z.int(),
  counts: z.record(z.string(), z.int()),
  effects: z.array(z.object({ operation: z.string(), at: z.string() })),
  put: z.array(z.tuple([z.string(), z.string(), z.unknown()])),
})
export type Line = z.infer<typeof Line>

export interface StateFile {
  /** On disk before this returns. */
  append(line: Line): void
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (err) {
    if (err instanceof Error && 'code' in err && err.code === 'ENOENT') return ''
    throw err
  }
}

function linesOf(file: string): Line[] {
  const text = readIfThere(file)
  const lines = text.split('\n')
  // What stands behind the last line break was being written when the process was killed. The first is always whole.
  const whole = lines.length === 1 ? lines.filter(Boolean) : lines.slice(0, -1)
  try {
    return whole.map(line => Line.parse(JSON.parse(line)))
  } catch (cause) {
    throw new Error(`${file} holds no simulator's state; remove it to begin anew`, { cause })
  }
}

/** All lines as one; null when there is no file. Throws for a file that is no simulator's. */
export function readState(file: string): Line | null {
  const whole = linesOf(file)
  if (whole.length === 0) return null
  const counts: Record<string, number> = {}
  const rows = new Map<string, Line['put'][number]>()
  for (const line of whole) {
    for (const [operation, times] of Object.entries(line.counts)) {
      counts[operation] = (counts[operation] ?? 0) + times
    }
    for (const row of line.put) rows.set(`${row[0]} ${row[1]}`, row)
  }
  return {
    next_id: whole.at(-1)?.next_id ?? 1,
    counts,
    effects: whole.flatMap(({ effects }) => effects),
    put: [...rows.values()],
  }
}

/** Begins the file with one line, replacing what it held. It says who rented where, so only its owner may read it. */
export function openStateFile(file: string, first: Line): StateFile {
  writeFileSync(`${file}.new`, `${JSON.stringify(first)}\n`, { mode: 0o600 })
  renameSync(`${file}.new`, file)
  return {
    append: line => appendFileSync(file, `${JSON.stringify(line)}\n`),
  }
}
