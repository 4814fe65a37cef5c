import { z } from 'zod'
import { isPlainDate } from '#values/dates'
import { parsePostcode } from '#values/postcode'

const SERVED: readonly string[] = ['england', 'scotland', 'wales']

/** Every rule speaks for itself, so that one wrong postcode can break three, as in the document's 422 sample. */
export const PostcodeField = z
  .string()
  .min(5)
  .max(8)
  .refine(text => parsePostcode(text) !== null, { error: 'Postcode is malformed.' })
  .refine(text => SERVED.includes(parsePostcode(text)?.nation ?? ''), {
    error: 'Postcode is not within England, Scotland or Wales.',
  })

export const DateField = z.string().refine(isPlainDate, {
  error: 'The :attribute does not match the format Y-m-d.',
})
