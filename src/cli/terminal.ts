import { stripVTControlCharacters, styleText } from 'node:util'

export type Style = Parameters<typeof styleText>[0]

/** A text and how it looks on a terminal. */
export interface Cell {
  readonly text: string
  readonly style?: Style
}

export interface Column {
  readonly title: string
  /** Figures stand below each other. */
  readonly right?: boolean
}

/** Text that others wrote, on one line and without anything that a terminal would obey. */
export function plain(text: string): string {
  return stripVTControlCharacters(text)
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim()
}

/** In colour on a terminal, unless NO_COLOR says otherwise. */
export function paint(style: Style, text: string): string {
  return styleText(style, text, { stream: process.stdout, validateStream: true })
}

export function print(text: string): void {
  process.stdout.write(`${text}\n`)
}

export function printJson(value: unknown): void {
  print(JSON.stringify(value, null, 2))
}

function asCell(cell: Cell | string): Cell {
  return typeof cell === 'string' ? { text: plain(cell) } : { ...cell, text: plain(cell.text) }
}

/** Rows below their titles, each column as wide as its widest cell. */
export function tableOf(
  columns: readonly Column[],
  rows: readonly (readonly (Cell | string)[])[],
): readonly string[] {
  const titles = columns.map(({ title }): Cell => ({ text: title, style: 'bold' }))
  const all = [titles, ...rows.map(row => row.map(asCell))]
  const widths = columns.map((_, index) => Math.max(...all.map(row => row[index]?.text.length ?? 0)))
  return all.map(row => {
    const cells = columns.map(({ right }, index) => {
      const { text, style } = row[index] ?? { text: '' }
      const isLast = index === columns.length - 1
      const space = ' '.repeat(isLast && !right ? 0 : (widths[index] ?? 0) - text.length)
      const painted = style && text !== '' ? paint(style, text) : text
      return right ? space + painted : painted + space
    })
    return cells.join('  ').trimEnd()
  })
}

export function printTable(columns: readonly Column[], rows: readonly (readonly (Cell | string)[])[]): void {
  print(tableOf(columns, rows).join('\n'))
}

const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
] as const

/** How long ago, in the largest unit that fits: `3 h`. */
export function ageOf(since: string, now: Date): string {
  const ms = Math.max(0, now.getTime() - Date.parse(since))
  const [unit, size] = UNITS.find(([, unitMs]) => ms >= unitMs) ?? ['s', 1_000]
  return `${Math.floor(ms / size)} ${unit}`
}
