import { z } from 'zod'
import { OptionalText, orNull } from '#providers/answer-schemas'
import { dataList, fromHomeboxPostcode, HomeboxId } from '#providers/homebox/dialect'
import type { PostalAddress } from '#providers/port/people'
import type { ProviderPage } from '#providers/port/paging'
import { parsePhone } from '#values/phone'

const SPELLINGS = {
  line_1: ['address_line1', 'line_one', 'line1'],
  line_2: ['address_line2', 'line_two', 'line2'],
  line_3: ['address_line3'],
  line_4: ['address_line4'],
  city: ['address_city', 'city'],
  county: ['address_county', 'county'],
  postcode: ['address_postcode', 'postcode'],
} as const

/** An address in any of the three spellings of answers; null when it says nothing, as a branch order's `{}`. */
export const AnsweredAddress = z
  .record(z.string(), z.unknown())
  .transform((written): PostalAddress | null => {
    const read = (part: keyof typeof SPELLINGS): string | null =>
      SPELLINGS[part].map(name => OptionalText.parse(written[name])).find(text => text !== null) ?? null
    const postcode = read('postcode')
    const address = {
      line_1: read('line_1'),
      line_2: [read('line_2'), read('line_3'), read('line_4')].filter(Boolean).join(', ') || null,
      city: read('city'),
      county: read('county'),
      postcode: postcode && fromHomeboxPostcode(postcode),
    }
    return Object.values(address).some(part => part !== null) ? address : null
  })

/** A property as it stands within leads and orders. */
export const AnsweredProperty = z.looseObject({ id: orNull(HomeboxId) }).transform(property => ({
  id: property.id,
  address: AnsweredAddress.parse(property),
}))

/** E.164 where it can be read as a phone number, else as it is written. */
export const AnsweredPhone = OptionalText.transform(text => text && (parsePhone(text)?.e164 ?? text))

/** Adding a bill payer and inviting one answer a list of one sentence, without an id; anything else proves nothing. */
export const AddedAnswer = z.object({ data: dataList(z.array(z.string()).min(1)) })

const count = orNull(z.int().min(0))

/** Lists end in three ways: "List Leads" by `last_page`, "List Branch Bills Packages" by `page_count`, orders by a count. */
export const ListMeta = orNull(
  z.object({
    last_page: count,
    page_count: count,
    order_count: count,
    total: count,
    total_count: count,
  }),
)

export function toPage<T>(items: readonly T[], meta: z.output<typeof ListMeta>): ProviderPage<T> {
  return {
    items,
    pages: meta?.last_page ?? meta?.page_count ?? null,
    total: meta?.order_count ?? meta?.total ?? meta?.total_count ?? null,
  }
}
