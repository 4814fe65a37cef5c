import { type Cell, print, type Style, tableOf } from '#cli/terminal'

/** What the doctor found at one place. `note`: nothing is wrong, but somebody should know. */
export interface Finding {
  readonly check: string
  readonly verdict: 'ok' | 'note' | 'failed'
  readonly finding: string
  /** What to do about it; null where nothing is to be done. */
  readonly advice: string | null
}

export function ok(check: string, finding: string): Finding {
  return { check, verdict: 'ok', finding, advice: null }
}

export function note(check: string, finding: string, advice: string | null = null): Finding {
  return { check, verdict: 'note', finding, advice }
}

export function failed(check: string, finding: string, advice: string): Finding {
  return { check, verdict: 'failed', finding, advice }
}

const STYLES = { ok: 'green', note: 'yellow', failed: 'red' } as const satisfies Record<
  Finding['verdict'],
  Style
>

/** A line for each finding, and below it what to do. */
export function printFindings(findings: readonly Finding[]): void {
  const columns = ['verdict', 'check', 'finding'].map(title => ({ title }))
  const rows = findings.map(({ verdict, check, finding }): (Cell | string)[] => [
    { text: verdict, style: STYLES[verdict] },
    check,
    finding,
  ])
  const [titles = '', ...lines] = tableOf(columns, rows)
  print(titles)
  for (const [index, line] of lines.entries()) {
    print(line)
    const advice = findings[index]?.advice
    if (advice) print(`         → ${advice}`)
  }
}
