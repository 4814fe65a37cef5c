import { z } from 'zod'
import type { Endpoint } from '#simulators/core/endpoint'
import { byPostcode } from '#simulators/core/magic'
import { houseOfId } from '#simulators/homebox/addresses'
import { priceRow, read, refuse } from '#simulators/homebox/dialect'
import { PostcodeField, QueryBoolean, QueryCount } from '#simulators/homebox/fields'
import { type PartnerBill, type Utility, utilitiesAt } from '#simulators/homebox/partner-catalogue'
import { partnerServiceCharge } from '#simulators/homebox/price-tables'
import { decimal, share } from '#simulators/uk/pence'
import { placeOf } from '#simulators/uk/place'
import type { Postcode } from '#values/postcode'

const LISTED_AT = '2021-09-15T00:00:00.000000Z'

const QuoteQuery = z.strictObject({
  housemates: QueryCount,
  address_id: z.string().min(1).optional(),
  line1: z.string().min(1).optional(),
  line2: z.string().optional(),
  city: z.string().min(1).optional(),
  county: z.string().optional(),
  postcode: PostcodeField.optional(),
  is_student: QueryBoolean.default(false),
})
type QuoteQuery = z.output<typeof QuoteQuery>

/** Either the id or the lines. Chapter "Get Partner Package Quote". Throws Refusal. */
function postcodeOf(query: QuoteQuery): Postcode {
  if (query.address_id !== undefined) {
    const house = houseOfId(query.address_id)
    if (house) return house.postcode
    throw refuse('address_id', 'The selected address id is invalid.')
  }
  for (const field of ['line1', 'city', 'postcode'] as const) {
    if (query[field] !== undefined) continue
    throw refuse(field, `The ${field} field is required when address id is not present.`)
  }
  if (query.postcode) return query.postcode
  throw refuse('postcode', 'The postcode field is required when address id is not present.')
}

function billJson(bill: PartnerBill, housemates: number) {
  const pence = bill.totals[housemates - 1]
  return {
    id: bill.id,
    name: bill.name,
    description: null,
    description_html: null,
    is_required: bill.isRequired,
    additional: null,
    provider: {
      id: bill.id + 500,
      name: bill.provider,
      email: `partners@${bill.provider.toLowerCase().replace(/\W+/g, '-')}.example`,
      logo_path: `https://homebox.example/img/providers/${bill.id}.png`,
      created_at: LISTED_AT,
      updated_at: LISTED_AT,
    },
    prices: pence === undefined ? [] : [priceRow(bill.id, housemates, pence)],
  }
}

function utilityJson(utility: Utility, housemates: number) {
  return {
    id: utility.id,
    name: utility.name,
    description: utility.description,
    is_hidden: utility.isHidden,
    is_essential: utility.isEssential,
    priority: utility.id * 10,
    logo_path: `https://homebox.example/img/utilities/${utility.id}.png`,
    created_at: LISTED_AT,
    updated_at: LISTED_AT,
    bills: utility.bills.map(bill => billJson(bill, housemates)),
  }
}

export function partnerQuoteEndpoint(): Endpoint {
  return {
    operation: 'partner-quotes.get',
    method: 'GET',
    path: '/api/partner/quote',
    effect: 'none',
    takesQuery: true,
    renamed: ['price_total', 'total'],
    accept: ({ query }) => {
      const wanted = read(QuoteQuery, query)
      const postcode = postcodeOf(wanted)
      const { housemates, is_student } = wanted
      return {
        triggers: [byPostcode('quote', postcode.postcode)],
        apply: () => ({
          status: 200,
          body: {
            data: utilitiesAt(placeOf(postcode), is_student).map(utility => utilityJson(utility, housemates)),
            service_charge: decimal(partnerServiceCharge),
            service_charge_per_housemate: decimal(share(partnerServiceCharge, housemates)),
          },
        }),
      }
    },
  }
}
