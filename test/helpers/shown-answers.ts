import { readFileSync } from 'node:fs'

/** Stands for what the README leaves out: as a key the other fields, as an element the others of the list. */
const CUT = '…'

export interface Example {
  /** A `curl` of the README, as it is pasted. */
  readonly command: string
  /** The answer that the README shows below it. */
  readonly answer: unknown
}

export interface Block {
  readonly language: string
  readonly text: string
}

/** The fenced blocks of a document, in their order. */
export function readBlocks(file: string): Block[] {
  const found = readFileSync(file, 'utf8').matchAll(/^```(\w+)\n(.*?)^```$/gms)
  return [...found].map(([, language = '', text = '']) => ({ language, text }))
}

/** Every `curl` of the README that shows an answer, in their order. */
export function readExamples(file: string): [Example, ...Example[]] {
  const blocks = readBlocks(file)
  const examples = blocks.flatMap(({ language, text: command }, at) => {
    const next = blocks[at + 1]
    const isExample = language === 'sh' && command.startsWith('curl ') && next?.language === 'json'
    return isExample ? [{ command, answer: JSON.parse(next.text) }] : []
  })
  const [first, ...others] = examples
  if (!first) throw new Error(`${file} has no curl with a json block after it`)
  return [first, ...others]
}

const ID = /^([a-z]+)_[0-9a-hjkmnp-tv-z]{26}$/
const SECRET = /^bb_(test|live)_[0-9A-Za-z]{43}$/
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Ids, keys, moments and durations differ from run to run: of those only the kind counts. */
function kindOf(value: unknown, at: string): string | null {
  if (typeof value === 'number') return at.endsWith('/duration_ms') ? 'duration' : null
  if (typeof value !== 'string') return null
  if (MOMENT.test(value)) return 'moment'
  if (SECRET.test(value)) return 'key'
  return UUID.test(value) ? 'uuid' : (ID.exec(value)?.[1] ?? null)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const isNamed = (text: string) => ID.test(text) || SECRET.test(text)

/** The ids and keys that a document shows, with those that really stand in their places. */
export function idsByShown(shown: unknown, real: unknown): [string, string][] {
  if (typeof shown === 'string' && typeof real === 'string')
    return isNamed(shown) && isNamed(real) ? [[shown, real]] : []
  if (Array.isArray(shown) && Array.isArray(real))
    return shown.flatMap((value, index) => idsByShown(value, real[index]))
  if (!isRecord(shown) || !isRecord(real)) return []
  return Object.entries(shown).flatMap(([key, value]) => idsByShown(value, real[key]))
}

/** Where the real answer differs from the shown one, a line each. */
export function differences(shown: unknown, real: unknown, at = ''): string[] {
  if (Array.isArray(shown) && Array.isArray(real)) return listDifferences(shown, real, at)
  if (isRecord(shown) && isRecord(real)) return recordDifferences(shown, real, at)
  const kind = kindOf(shown, at)
  const same = kind === null ? shown === real : kind === kindOf(real, at)
  return same ? [] : [`${at || '/'}: shown ${JSON.stringify(shown)}, really ${JSON.stringify(real)}`]
}

function recordDifferences(
  shown: Record<string, unknown>,
  real: Record<string, unknown>,
  at: string,
): string[] {
  const { [CUT]: cut, ...fields } = shown
  const unshown = cut === undefined ? Object.keys(real).filter(key => !(key in fields)) : []
  return [
    ...unshown.map(key => `${at}/${key}: not shown`),
    ...Object.entries(fields).flatMap(([key, value]) => differences(value, real[key], `${at}/${key}`)),
  ]
}

/** A cut list shows its first elements before the mark and its last ones after it. */
function listDifferences(shown: readonly unknown[], real: readonly unknown[], at: string): string[] {
  const cut = shown.indexOf(CUT)
  const [first, last] = cut < 0 ? [shown, []] : [shown.slice(0, cut), shown.slice(cut + 1)]
  if (cut < 0 && shown.length !== real.length)
    return [`${at}: shown ${shown.length} elements, really ${real.length}`]
  const tail = real.slice(real.length - last.length)
  return [
    ...first.flatMap((value, index) => differences(value, real[index], `${at}/${index}`)),
    ...last.flatMap((value, index) => differences(value, tail[index], `${at}/-${last.length - index}`)),
  ]
}
