import { z } from 'zod'
import type { Endpoint } from '#simulators/core/endpoint'
import { byPostcode } from '#simulators/core/magic'
import { type Bill, packagesAt } from '#simulators/homebox/catalogue'
import { priceRow, read } from '#simulators/homebox/dialect'
import { Coupon, PostcodeField, QueryBoolean } from '#simulators/homebox/fields'
import { coupons } from '#simulators/homebox/price-tables'
import { placeOf } from '#simulators/uk/place'
import type { Postcode } from '#values/postcode'

const ANSWERS_KEPT = 32

const PackagesQuery = z.strictObject({
  postcode: PostcodeField,
  is_student: QueryBoolean.default(false),
  coupon: Coupon.optional(),
})

function billJson(bill: Bill, percent: number) {
  const prices = bill.totals.map((pence, index) =>
    priceRow(bill.id, index + 1, Math.round((pence * percent) / 100)),
  )
  return {
    id: bill.id,
    group_id: bill.groupId,
    name: bill.name,
    provider: bill.provider,
    title: bill.name,
    description: bill.description,
    description_html: `<h3>${bill.name}</h3><p>${bill.description}</p>`,
    logo_path: `https://homebox.example/img/providers/${bill.provider.toLowerCase().replace(/\W+/g, '_')}_logo.png`,
    prices,
  }
}

function answerText(postcode: Postcode, isStudent: boolean, coupon: string | undefined): string {
  const percent = coupon === undefined ? 100 : (coupons[coupon]?.percent ?? 100)
  const packages = packagesAt(placeOf(postcode), isStudent).map(({ bills, addOns, ...rest }) => ({
    ...rest,
    bills: bills.map(bill => billJson(bill, percent)),
    addons: addOns.map(bill => billJson(bill, percent)),
  }))
  return JSON.stringify({ packages })
}

/** Remembers the newest answers: one holds every price for 14 household sizes. */
function createAnswers() {
  const kept = new Map<string, string>()
  return (postcode: Postcode, isStudent: boolean, coupon: string | undefined): string => {
    const key = `${placeOf(postcode).key}:${isStudent}:${coupon ?? ''}`
    const known = kept.get(key)
    if (known !== undefined) return known
    const text = answerText(postcode, isStudent, coupon)
    kept.set(key, text)
    for (const oldest of kept.keys()) if (kept.size > ANSWERS_KEPT) kept.delete(oldest)
    return text
  }
}

export function packagesEndpoint(): Endpoint {
  const answers = createAnswers()
  return {
    operation: 'packages.list',
    method: 'GET',
    path: '/api/partner/packages',
    effect: 'none',
    takesQuery: true,
    renamed: ['price_per_housemate', 'price_per_tenant'],
    accept: ({ query }) => {
      const { postcode, is_student, coupon } = read(PackagesQuery, query)
      return {
        triggers: [byPostcode('quote', postcode.postcode)],
        apply: () => ({ status: 200, body: null, text: answers(postcode, is_student, coupon) }),
      }
    },
  }
}
