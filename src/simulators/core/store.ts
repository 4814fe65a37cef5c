import type { z } from 'zod'
import type { Clock } from '#simulators/core/endpoint'
import { type Line, openStateFile, readState } from '#simulators/core/state-file'

const KEPT = 1_000
/** 2023-11-14, so that ids stay short. */
const IDS_SINCE_SECONDS = 1_700_000_000
const IDS_PER_SECOND = 1_000

/** Something that a request changed at the provider. */
export interface AppliedEffect {
  readonly operation: string
  readonly at: string
  /** The request's body; null when the effect was read back from a state file, which holds no bodies. */
  readonly body: unknown
}

/** Rows of one kind by their id, oldest first. */
export interface Collection<Row> {
  get(id: string | number): Row | undefined
  all(): Row[]
  /** Adds a row, or says that it changed. */
  put(id: string | number, row: Row): void
}

export interface Store {
  /** Opens a kind of rows with what the state file held of it. Throws ZodError when that does not fit. */
  collection<S extends z.ZodType>(name: string, schema: S): Collection<z.output<S>>
  nextId(): number
  /** Counts an effect. One that is kept is on disk before this returns, with every row put until now. */
  applied(operation: string, body: unknown, kept: boolean): void
  /** Keeps what was put until now. */
  save(): void
  /** The newest 1,000 effects, oldest first. */
  effects(operation?: string): AppliedEffect[]
  /** How many effects there were, however many are still listed. */
  count(operation: string): number
}

export interface StoreOptions {
  readonly clock: Clock
  /** Where ids begin to count. By default from the clock, so that two runs never give the same id. */
  readonly firstId?: number
  /** Keeps the state over a restart of the process. */
  readonly file?: string
}

function firstIdAt(now: Date): number {
  return (Math.floor(now.getTime() / 1_000) - IDS_SINCE_SECONDS) * IDS_PER_SECOND + 1
}

function firstLine({ clock, firstId, file }: StoreOptions): Line {
  const start = firstId ?? firstIdAt(clock())
  const kept = file === undefined ? null : readState(file)
  if (!kept) return { next_id: start, counts: {}, effects: [], put: [] }
  const next_id = Math.max(kept.next_id, start)
  return { ...kept, next_id, effects: kept.effects.slice(-KEPT) }
}

/** Throws when the file holds something else than a simulator's state. */
export function createStore(options: StoreOptions): Store {
  const { clock } = options
  const first = firstLine(options)
  const file = options.file === undefined ? null : openStateFile(options.file, first)
  const counts = new Map(Object.entries(first.counts))
  const effects: AppliedEffect[] = first.effects.map(effect => ({ ...effect, body: null }))
  let nextId = first.next_id
  let unsaved: Line['put'] = []

  function append(counted: Pick<Line, 'counts' | 'effects'>): void {
    file?.append({ next_id: nextId, ...counted, put: unsaved })
    unsaved = []
  }

  return {
    collection: (name, schema) => {
      const given = first.put.filter(([kind]) => kind === name)
      const rows = new Map(given.map(([, id, row]) => [id, schema.parse(row)]))
      return {
        get: id => rows.get(String(id)),
        all: () => [...rows.values()],
        put: (id, row) => {
          rows.set(String(id), row)
          if (file) unsaved.push([name, String(id), row])
        },
      }
    },
    nextId: () => nextId++,
    applied: (operation, body, kept) => {
      const at = clock().toISOString()
      counts.set(operation, (counts.get(operation) ?? 0) + 1)
      effects.push({ operation, at, body })
      if (effects.length > KEPT) effects.shift()
      if (kept) append({ counts: { [operation]: 1 }, effects: [{ operation, at }] })
    },
    save: () => append({ counts: {}, effects: [] }),
    effects: operation => effects.filter(effect => (operation ?? effect.operation) === effect.operation),
    count: operation => counts.get(operation) ?? 0,
  }
}
