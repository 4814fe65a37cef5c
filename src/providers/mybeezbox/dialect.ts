import { z } from 'zod'
import type { Translations } from '#contract/translations'
import { decimalMoney, orNull } from '#providers/answer-schemas'
import { isPlainDate } from '#values/dates'
import { type Language, languages } from '#values/languages'
import { decimalFromMoney, type Money } from '#values/money'

/** Whole arrays of unknown length come in one answer. */
export const WHOLE_ARRAY_BYTES = 20 * 1024 * 1024

/** Prices are euros, as text (`"100.000"`) or number (`10.5`). */
export const Euros = decimalMoney('EUR')
export const OptionalEuros = orNull(Euros)

/** Filters as a query, those that were left out left out. */
export function given(filters: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const query: Record<string, string> = {}
  for (const [name, value] of Object.entries(filters)) if (value !== undefined) query[name] = value
  return query
}

/** An amount as requests hold it: a number with at most two decimals. */
export function decimalOf(money: Money): number {
  return Number(decimalFromMoney(money))
}

/** Integers and UUIDs alike. */
export const Id = z.union([z.int(), z.string().trim().min(1)]).transform(String)
export const OptionalId = orNull(Id)
/** Ids of what belongs to something, each as it is or within an object; none where there is nothing to read. */
export const Ids = orNull(z.array(Id.or(z.object({ id: Id }).transform(({ id }) => id)))).transform(
  ids => ids ?? [],
)
export const OptionalNumber = orNull(z.number())
export const OptionalFlag = orNull(z.boolean())

/** Where the document shows one object and its words speak of all: a list, be it of the one. */
export function oneOrMany<S extends z.ZodType>(schema: S) {
  return z.union([z.array(schema), schema.transform(one => [one])])
}

const INSTANT =
  /^(\d{4}-\d\d-\d\d)(?:[T ](\d{1,2}):(\d\d)(?::(\d{1,2})(?:\.(\d{1,9}))?)?\s?(Z|[+-]\d\d:?\d\d)?)?$/

/**
 * Their spellings of a time: `2022-06-16 12:00:0.000000+00:00`, `2023-01-24T10:03:09.565674+01:00`, `2022-06-16T12:00`,
 * `2022-05-01` and `2022-05-01T12:00:00+02:00`. Without a zone it is UTC. Null when it is none of these.
 */
export function readInstant(text: string): string | null {
  const [, day, hours = '0', minutes = '00', seconds = '0', fraction = '0', zone = 'Z'] =
    INSTANT.exec(text.trim()) ?? []
  if (day === undefined || !isPlainDate(day)) return null
  const offset = zone === 'Z' ? zone : `${zone.slice(0, 3)}:${zone.slice(-2)}`
  const time = `${hours.padStart(2, '0')}:${minutes}:${seconds.padStart(2, '0')}.${fraction.slice(0, 3)}`
  const instant = new Date(`${day}T${time}${offset}`)
  return Number.isNaN(instant.getTime()) ? null : instant.toISOString()
}

/** RFC 3339 in UTC. */
export const OptionalInstant = orNull(
  z.string().transform((text, context) => {
    const instant = readInstant(text)
    if (instant !== null) return instant
    context.addIssue({ code: 'custom', message: 'not a time' })
    return z.NEVER
  }),
)

/** The calendar day that is written, in whatever zone: it was told as a day. */
export const OptionalDay = orNull(
  z
    .string()
    .refine(text => readInstant(text) !== null)
    .transform(text => text.trim().slice(0, 10)),
)

type Raw = Readonly<Record<string, unknown>>

/** `name_en` … `name_pt` as one map. */
export function translationsOf(raw: Raw, field: string): Translations {
  const at = (language: Language) => {
    const text = raw[`${field}_${language}`]
    return typeof text === 'string' && text !== '' ? text : null
  }
  return {
    en: at('en'),
    fr: at('fr'),
    es: at('es'),
    it: at('it'),
    de: at('de'),
    nl: at('nl'),
    ca: at('ca'),
    pt: at('pt'),
  }
}

/** The maps of a request as `name_en` … `name_pt`, languages that were left out left out. */
export function spellTranslations(
  maps: Readonly<Record<string, Readonly<Partial<Record<Language, string | null>>> | null>>,
): Record<string, string> {
  const fields = Object.entries(maps).flatMap(([field, map]) =>
    languages.flatMap(language => {
      const text = map?.[language]
      return typeof text === 'string' ? [[`${field}_${language}`, text] as const] : []
    }),
  )
  return Object.fromEntries(fields)
}

/**
 * An object of an answer: the fields of `shape`, what `further` makes of others (translations by the name of their
 * field), and all the rest as it came, as `details`.
 */
export function detailed<S extends z.ZodRawShape, F extends object>(shape: S, further: (raw: Raw) => F) {
  const known = z.object(shape)
  return z.record(z.string(), z.unknown()).transform((raw, context) => {
    const read = known.safeParse(raw)
    if (!read.success) {
      for (const { path, message } of read.error.issues)
        context.addIssue({ code: 'custom', path: [...path], message })
      return z.NEVER
    }
    const maps = further(raw)
    const taken = new Set([
      ...Object.keys(shape),
      ...Object.keys(maps).flatMap(field => languages.map(language => `${field}_${language}`)),
    ])
    const rest = Object.entries(raw).filter(([key]) => !taken.has(key))
    return { ...read.data, ...maps, details: Object.fromEntries(rest) }
  })
}
