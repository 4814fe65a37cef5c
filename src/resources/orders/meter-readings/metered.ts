import { pageThrough } from '#connections/page-through'
import { readAtProvider } from '#connections/read-at-provider'
import { MeterReading, type MeterReadingRequest } from '#contract/meter-readings'
import { Preview } from '#contract/providers'
import type { ListQuery } from '#contract/vocabulary'
import { type Answer, respond } from '#http/answer'
import type { Call } from '#http/caller'
import type { Page } from '#http/list'
import type { Holder } from '#journal/entry'
import { previewStep } from '#journal/preview-step'
import type { Connection } from '#providers/call-context'
import type { MeteredPlace, MeterReadingDraft, ProviderReading } from '#providers/port/meter-readings'
import { performAt } from '#resources/provider-objects/perform-at'
import type { Services } from '#services'

/** Whose meters are read: an order or a property of ours, and what its provider calls it. */
export interface Metered {
  readonly connection: Connection
  readonly at: MeteredPlace
  readonly holder: Holder
}

function shown({ connection }: Metered, reading: ProviderReading): MeterReading {
  const { mode, provider } = connection
  return { ...reading, object: 'meter_reading', mode, provider }
}

function toDraft({ at }: Metered, reading: MeterReadingRequest): MeterReadingDraft {
  const { type, reading_2 = null, read_on, image = null } = reading
  return { at, type, reading: reading.reading, reading_2, read_on, image }
}

/** What a reading would send. Sends and stores nothing. */
export async function previewReading(
  services: Services,
  call: Call,
  metered: Metered,
  reading: MeterReadingRequest,
): Promise<Answer> {
  const { connection } = metered
  const step = { connection, operation: 'meter_readings.create', input: toDraft(metered, reading) } as const
  return respond(Preview, await previewStep(services, call, step))
}

/** Tells a provider how a meter stands: written down first, but for its picture, and sent once. */
export function createReading(
  services: Services,
  call: Call,
  reach: () => Promise<Metered>,
  reading: MeterReadingRequest,
): Promise<Answer> {
  return performAt(services, call, async () => {
    const metered = await reach()
    const { connection, holder } = metered
    return {
      connection,
      subject: holder,
      deed: {
        operation: 'meter_readings.create',
        input: toDraft(metered, reading),
        done: made => respond(MeterReading, shown(metered, made), { status: 201 }),
      },
    }
  })
}

/** A page of the readings that a provider has, in its order. */
export async function listReadings(
  services: Services,
  call: Call,
  reach: () => Promise<Metered>,
  { list, query }: { readonly list: string; readonly query: ListQuery },
): Promise<Page<MeterReading>> {
  const { cursors } = services
  const { caller } = call
  const request = cursors.read(query, list, caller)
  const metered = await reach()
  const { connection, at, holder: resource } = metered
  const fetchPage = async (page: number) => {
    const target = { connection, resource }
    return (await readAtProvider(services, call, target, 'meter_readings.list', { at, page })).value
  }
  const page = await pageThrough(cursors, fetchPage, request, { list, caller })
  return { ...page, data: page.data.map(reading => shown(metered, reading)) }
}
