import { z } from 'zod'
import { coupons } from '#simulators/homebox/price-tables'
import { isPlainDate } from '#values/dates'
import { parsePostcode } from '#values/postcode'

/** The first year of the two-digit years that belong to 1900. */
const CENTURY_PIVOT = 70

export const PostcodeField = z.string().transform((text, context) => {
  const postcode = parsePostcode(text)
  if (postcode) return postcode
  context.addIssue({ code: 'custom', message: 'The :attribute field must be a valid UK postcode.' })
  return z.NEVER
})

export const QueryBoolean = z.enum(['true', 'false']).transform(text => text === 'true')

/** A number of people, from 1 to 99. */
export const QueryCount = z.string().transform((text, context) => {
  if (/^[1-9]\d?$/.test(text)) return Number(text)
  context.addIssue({ code: 'custom', message: 'The :attribute field must be an integer.' })
  return z.NEVER
})

export const Coupon = z.string().refine(code => Object.hasOwn(coupons, code), {
  error: 'The selected :attribute is invalid.',
})

function dateField(pattern: RegExp, format: string) {
  return z.string().transform((text, context) => {
    const [, day, month, year = ''] = pattern.exec(text) ?? []
    const century = year.length === 4 ? '' : Number(year) < CENTURY_PIVOT ? '20' : '19'
    const date = `${century}${year}-${month}-${day}`
    if (isPlainDate(date)) return date
    context.addIssue({ code: 'custom', message: `The :attribute field must match the format ${format}.` })
    return z.NEVER
  })
}

/** `YYYY-MM-DD` */
export const IsoDate = z.string().refine(isPlainDate, {
  error: 'The :attribute field must match the format Y-m-d.',
})
/** `DD/MM/YY`, read into `YYYY-MM-DD`. */
export const ShortDate = dateField(/^(\d\d)\/(\d\d)\/(\d\d)$/, 'd/m/y')
/** `DD/MM/YYYY`, read into `YYYY-MM-DD`. */
export const Birthday = dateField(/^(\d\d)\/(\d\d)\/(\d{4})$/, 'd/m/Y')
