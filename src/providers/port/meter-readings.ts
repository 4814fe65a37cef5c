import type { MeterReading, MeterReadingRequest } from '#contract/meter-readings'
import type { ProviderPage } from '#providers/port/paging'
import type { Told } from '#providers/port/provider-objects'
import type { FilePart } from '#providers/port/upstream'

export type ProviderReading = Told<MeterReading>

/** Of which meters: those of an order, or those of a property whatever is ordered there. */
export type MeteredPlace = { readonly order_id: string } | { readonly property_id: string }

export interface MeterReadingDraft {
  readonly at: MeteredPlace
  readonly type: MeterReadingRequest['type']
  readonly reading: number
  /** Of an Economy 7 meter. */
  readonly reading_2: number | null
  readonly read_on: string
  readonly image: FilePart | null
}

export interface MeterReadingOperations {
  'meter_readings.create': (draft: MeterReadingDraft) => Promise<ProviderReading>
  'meter_readings.list': (input: { at: MeteredPlace; page: number }) => Promise<ProviderPage<ProviderReading>>
}
