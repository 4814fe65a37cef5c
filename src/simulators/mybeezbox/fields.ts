import { z } from 'zod'
import { languages } from '#values/languages'

const fieldsOf = <S extends z.ZodType>(field: string, schema: S) =>
  Object.fromEntries(languages.map(language => [`${field}_${language}`, schema]))

/** `name_en` … `name_pt`, all of them. */
export const inAllLanguages = (field: string) => fieldsOf(field, z.string().min(1))

/** `rent_conditions_en` … `rent_conditions_pt`, as far as there are any. */
export const inAnyLanguage = (field: string, max = 5_000) => fieldsOf(field, z.string().max(max).nullish())

export const flag = z.boolean().optional()
export const count = z.int().nullish()
export const price = z.number().min(0)
export const uuid = z.guid()

/** The same text in all languages, for objects that are there from the start. */
export function everywhere<T>(field: string, text: T): Record<string, T> {
  return Object.fromEntries(languages.map(language => [`${field}_${language}`, text]))
}

/** What may choose the outcome of a request that is about no person: the English name. */
export function englishName(body: Readonly<Record<string, unknown>>): string {
  const name = body['name_en']
  return typeof name === 'string' ? name : ''
}

/** The partner of the document's samples: number and UUID. */
export const PARTNER = { partner: 1, partner_uuid: 'baf5a0f2-4b5b-422d-9a1b-2fc636e89b45' }
