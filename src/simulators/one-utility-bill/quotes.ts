import { z } from 'zod'
import type { Clock, Endpoint } from '#simulators/core/endpoint'
import { byPostcode } from '#simulators/core/magic'
import { type OneUtilityBillDialect, timestamp } from '#simulators/one-utility-bill/dialect'
import { DateField, PostcodeField } from '#simulators/one-utility-bill/fields'
import { broadband, energy, water } from '#simulators/one-utility-bill/price-tables'
import type { Uuids } from '#simulators/one-utility-bill/uuids'
import { decimal, share } from '#simulators/uk/pence'
import { placeOf } from '#simulators/uk/place'
import { parsePostcode } from '#values/postcode'

const QuoteBody = z.strictObject({
  postcode: PostcodeField,
  bed_size: z.int().min(1).max(14),
  tenancy_start_date: DateField,
})
type QuoteBody = z.output<typeof QuoteBody>

interface Item {
  readonly type: 'energy' | 'water' | 'broadband'
  readonly name: string
  readonly description: string
  /** Pence per month for the house; null where it is not available. */
  readonly pence: number | null
  /** Why it is not available. */
  readonly note?: string
}

function itemsFor({ postcode, bed_size }: QuoteBody): Item[] {
  const parsed = parsePostcode(postcode)
  const supplier = parsed && placeOf(parsed).water
  const size = bed_size - 1
  return [
    {
      type: 'energy',
      name: 'Unlimited energy',
      description: '100% unlimited energy! Use as much as you need without any over-usage fees, ever.',
      pence: energy[size] ?? null,
    },
    {
      type: 'water',
      name: 'Water',
      description: 'Clean and waste water, all fees included.',
      pence: supplier ? Math.round(((water[size] ?? 0) * supplier.percent) / 100) : null,
      ...(supplier ? {} : { note: 'water included in council tax' }),
    },
    {
      type: 'broadband',
      name: 'Unlimited broadband',
      description: 'Generic unlimited broadband for the whole house.',
      pence: broadband[size] ?? null,
    },
  ]
}

/** A week is rounded up to the penny, so that the three figures do not follow from one another. */
function cost(pence: number, people: number) {
  return {
    per_month: decimal(pence),
    per_person_per_month: decimal(share(pence, people)),
    per_person_per_week: decimal(Math.ceil((pence * 12) / 52 / people)),
  }
}

export function quoteEndpoint(context: {
  uuids: Uuids
  clock: Clock
  dialect: OneUtilityBillDialect
}): Endpoint {
  const { uuids, clock, dialect } = context

  function quoteJson(body: QuoteBody) {
    const at = timestamp(clock())
    const record = <T extends object>(fields: T) => ({
      id: uuids.make(),
      ...fields,
      created_at: at,
      updated_at: at,
    })
    const items = itemsFor(body)
    const total = items.reduce((sum, { pence }) => sum + (pence ?? 0), 0)
    return {
      id: uuids.make('quote'),
      total_costs: record(cost(total, body.bed_size)),
      items: items.map(({ pence, note, ...item }, priority) => ({
        ...record({
          priority,
          ...item,
          available: pence !== null,
          cost: record(cost(pence ?? 0, body.bed_size)),
        }),
        metadata: note === undefined ? [] : [record({ meta_key: 'available_description', meta_value: note })],
      })),
      created_at: at,
      updated_at: at,
    }
  }

  return {
    operation: 'quotes.create',
    method: 'POST',
    path: '/api/v1/quotes',
    effect: 'counted',
    renamed: ['per_month', 'monthly'],
    accept: call => {
      const body = dialect.read(QuoteBody, call.body)
      const postcode = parsePostcode(body.postcode)?.postcode ?? ''
      return {
        triggers: [byPostcode('quote', postcode)],
        apply: () => ({ status: 201, body: { data: quoteJson(body) } }),
      }
    },
  }
}
