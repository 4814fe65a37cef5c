import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { z } from 'zod'
import type { Clock } from '#simulators/core/endpoint'

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

export interface Store<State> {
  readonly state: State
  nextId(): number
  /** Counts an effect and, with a state file, keeps the state: it is on disk before this returns. */
  applied(operation: string, body: unknown): void
  save(): void
  /** The newest 1,000 effects, oldest first. */
  effects(operation?: string): AppliedEffect[]
  /** How many effects there were, however many are still kept. */
  count(operation: string): number
}

export interface StoreOptions<S extends z.ZodType> {
  readonly schema: S
  readonly empty: () => z.output<S>
  readonly clock: Clock
  /** Where ids begin to count. By default from the clock, so that two runs never give the same id. */
  readonly firstId?: number
  /** Keeps the state over a restart of the process. */
  readonly file?: string
}

function readFileIfThere(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch (err) {
    if (err instanceof Error && 'code' in err && err.code === 'ENOENT') return null
    throw err
  }
}

const Envelope = z.object({
  next_id: z.int(),
  counts: z.record(z.string(), z.int()),
  effects: z.array(z.object({ operation: z.string(), at: z.string() })),
  state: z.unknown(),
})

/** Renamed into place: a process killed while writing leaves the state before this effect, never half of it. */
function writeWhole(file: string, text: string): void {
  writeFileSync(`${file}.new`, text, { mode: 0o600 })
  renameSync(`${file}.new`, file)
}

function firstIdAt(now: Date): number {
  return (Math.floor(now.getTime() / 1_000) - IDS_SINCE_SECONDS) * IDS_PER_SECOND + 1
}

/** Throws ZodError when the file holds something else than this simulator's state. */
export function createStore<S extends z.ZodType>(options: StoreOptions<S>): Store<z.output<S>> {
  const { clock, file } = options
  const text = file === undefined ? null : readFileIfThere(file)
  const kept = text === null ? null : Envelope.parse(JSON.parse(text))
  const state = kept ? options.schema.parse(kept.state) : options.empty()
  const counts = new Map(Object.entries(kept?.counts ?? {}))
  const effects: AppliedEffect[] = (kept?.effects ?? []).map(effect => ({ ...effect, body: null }))
  let nextId = kept?.next_id ?? options.firstId ?? firstIdAt(clock())

  function save(): void {
    if (file === undefined) return
    const bodiless = effects.map(({ operation, at }) => ({ operation, at }))
    const envelope = { next_id: nextId, counts: Object.fromEntries(counts), effects: bodiless, state }
    writeWhole(file, JSON.stringify(envelope))
  }

  return {
    state,
    save,
    nextId: () => nextId++,
    applied: (operation, body) => {
      counts.set(operation, (counts.get(operation) ?? 0) + 1)
      effects.push({ operation, at: clock().toISOString(), body })
      if (effects.length > KEPT) effects.shift()
      save()
    },
    effects: operation => effects.filter(effect => (operation ?? effect.operation) === effect.operation),
    count: operation => counts.get(operation) ?? 0,
  }
}
