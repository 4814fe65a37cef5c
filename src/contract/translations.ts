import { z } from 'zod'
import { absentable, text } from '#contract/vocabulary'

const said = z.string().nullable()

export const Translations = z
  .object({ en: said, fr: said, es: said, it: said, de: said, nl: said, ca: said, pt: said })
  .meta({
    id: 'Translations',
    description: 'A text by language; null where there is none.',
    examples: [
      {
        en: 'Category',
        fr: 'Catégorie',
        es: 'Categoría',
        it: 'Categoria',
        de: 'Kategorie',
        nl: 'Categorie',
        ca: 'Categoria',
        pt: 'Categoria',
      },
    ],
  })
export type Translations = z.infer<typeof Translations>

/** The same text in all eight languages, for examples. */
export function inEveryLanguage(same: string) {
  return { en: same, fr: same, es: same, it: same, de: same, nl: same, ca: same, pt: same }
}

/** A text that is needed in all eight languages. */
export function everyLanguage(max = 5_000) {
  const needed = text(max)
  return z
    .strictObject({
      en: needed,
      fr: needed,
      es: needed,
      it: needed,
      de: needed,
      nl: needed,
      ca: needed,
      pt: needed,
    })
    .meta({ description: 'In all eight languages.' })
}

/** A text in whichever languages there are. */
export function anyLanguage(max = 5_000) {
  const given = absentable(text(max))
  return z
    .strictObject({
      en: given,
      fr: given,
      es: given,
      it: given,
      de: given,
      nl: given,
      ca: given,
      pt: given,
    })
    .meta({ description: 'In the languages that there are.' })
}
