import { z } from 'zod'
import type { MeterReading } from '#contract/meter-readings'
import { OptionalText, orNull } from '#providers/answer-schemas'
import type { HomeboxClient } from '#providers/homebox/client'
import { HomeboxDate } from '#providers/homebox/dates'
import { dataList, HomeboxId } from '#providers/homebox/dialect'
import { ListMeta, toPage } from '#providers/homebox/incoming'
import type { Implements } from '#providers/port/index'
import type { MeteredPlace, MeterReadingDraft, ProviderReading } from '#providers/port/meter-readings'
import { withoutNulls } from '#providers/port/sendable'

const Figure = orNull(z.union([z.int(), z.string().regex(/^\d{1,9}$/)])).transform(figure =>
  figure === null ? null : Number(figure),
)

/** No sample names any: its name, or the object that other chapters show in its place. */
const Supplier = z.union([
  z.string().trim().min(1),
  z.object({ name: z.string().trim().min(1) }).transform(({ name }) => name),
])

const Reading = z.object({
  id: HomeboxId,
  source: OptionalText,
  state: OptionalText,
  reading: Figure,
  reading2: Figure,
  date_of_reading: orNull(HomeboxDate),
  type: OptionalText,
  bill_provider: orNull(Supplier),
})
const ReadingsAnswer = z.object({ data: dataList(z.array(Reading)), meta: ListMeta })

const WORDS = { electricity: 'electric', gas: 'gas', water: 'water' } as const

function readingsOf(at: MeteredPlace) {
  if ('order_id' in at) return { path: '/api/partner/order/{order_id}/readings', params: at }
  return { path: '/api/partner/property/{property_id}/readings', params: at }
}

/**
 * Chapter "Meter Readings": a new one is answered without `data` around it, and its date goes as the table says
 * (`YYYY-MM-DD`), not as the sample does.
 */
export const homeboxMeterReadings = {
  'meter_readings.create': async (client, draft) => {
    const { at, image } = draft
    const form = { fields: fieldsOf(draft), files: withoutNulls({ image }) }
    return fromHomeboxReading(await client.upload(readingsOf(at), form, Reading))
  },
  'meter_readings.list': async (client, { at, page }) => {
    const target = { ...readingsOf(at), query: { page: String(page) } }
    const { data, meta } = await client.get(target, ReadingsAnswer)
    return toPage(data.map(fromHomeboxReading), meta)
  },
} satisfies Implements<HomeboxClient>

function fieldsOf({ type, reading, reading_2, read_on }: MeterReadingDraft): Record<string, string> {
  return withoutNulls({
    date_of_reading: read_on,
    reading: String(reading),
    reading2: reading_2 === null ? null : String(reading_2),
    type: WORDS[type],
  })
}

/** Sent in lower case, answered as `Gas`. */
function typeOf(word: string | null): MeterReading['type'] {
  switch (word?.toLowerCase()) {
    case 'electric':
    case 'electricity':
      return 'electricity'
    case 'gas':
      return 'gas'
    case 'water':
      return 'water'
    default:
      return 'other'
  }
}

function fromHomeboxReading(reading: z.output<typeof Reading>): ProviderReading {
  return {
    id: reading.id,
    type: typeOf(reading.type),
    provider_type: reading.type,
    reading: reading.reading,
    reading_2: reading.reading2,
    read_on: reading.date_of_reading,
    state: reading.state === 'complete' ? 'complete' : 'other',
    provider_state: reading.state,
    image_url: reading.source,
    supplier: reading.bill_provider,
  }
}
