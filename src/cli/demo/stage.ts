import type { ApiClient } from '#cli/api-client'
import { CommandFailure } from '#cli/command-failure'
import { type Cell, type Column, paint, print, printTable } from '#cli/terminal'

/** What a step of the demo has to work with. */
export interface Stage {
  readonly api: ApiClient
  /** Of this run alone, so that the demo can be repeated against the same service. */
  readonly run: string
  say(text: string): void
  table(columns: readonly Column[], rows: readonly (readonly (Cell | string)[])[]): void
}

/** A finished step, as `--json` prints it. */
export interface StepRecord {
  readonly step: string
  readonly ok: boolean
  readonly duration_ms: number
  /** What the service answered; null when the step failed. */
  readonly result: unknown
  readonly error: string | null
}

/** Stops the demo: a step did not come out as it must. */
export function demand(condition: boolean, message: string): asserts condition {
  if (!condition) throw new CommandFailure(message)
}

export interface Recorder {
  readonly records: readonly StepRecord[]
  /** Tells a step under its title and keeps what it returns. Rethrows what it throws. */
  step<T>(name: string, title: string, work: () => Promise<T>): Promise<T>
}

export function createRecorder(telling: boolean): Recorder {
  const records: StepRecord[] = []
  return {
    records,
    async step(name, title, work) {
      if (telling) print(`\n${paint(['bold', 'cyan'], `${records.length + 1}. ${title}`)}`)
      const began = performance.now()
      const took = () => Math.round(performance.now() - began)
      try {
        const result = await work()
        records.push({ step: name, ok: true, duration_ms: took(), result, error: null })
        return result
      } catch (err) {
        const error = err instanceof Error ? err.message : String(err)
        records.push({ step: name, ok: false, duration_ms: took(), result: null, error })
        throw err
      }
    },
  }
}

/** `telling`: in words and tables; else a step only does its work. */
export function createStage(api: ApiClient, run: string, telling: boolean): Stage {
  return {
    api,
    run,
    say: text => {
      if (telling) print(text)
    },
    table: (columns, rows) => {
      if (telling) printTable(columns, rows)
    },
  }
}
