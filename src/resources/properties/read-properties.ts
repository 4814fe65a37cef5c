import type { z } from 'zod'
import { chooseProvider } from '#connections/choose-provider'
import { pageThrough } from '#connections/page-through'
import { readAtProvider } from '#connections/read-at-provider'
import type { Property, PropertyQuery } from '#contract/properties'
import type { Sql, Tx } from '#db/tx'
import type { Call } from '#http/caller'
import type { Page } from '#http/list'
import { invalid, notFound } from '#http/problem-error'
import { providerIdThrough } from '#mappings/lookups'
import { recognise } from '#mappings/recognise'
import { providerIdsOf } from '#mappings/store'
import { keepPayload, readPayloads } from '#payloads/provider-payloads'
import type { Connection } from '#providers/call-context'
import type { ProviderProperty } from '#providers/port/properties'
import { supporting } from '#providers/registry'
import { recordProperty } from '#resources/properties/record-property'
import { toProperty, withFacts } from '#resources/properties/show-property'
import { findPropertyRow, type PropertyRow, propertyRows } from '#resources/properties/store'
import type { Services } from '#services'
import { uuidOf } from '#values/ids'

/** The house that a request names by its id. Throws `validation_failed`. */
export async function namedProperty(sql: Sql, call: Call, propertyId: string): Promise<PropertyRow> {
  const row = await findPropertyRow(sql, call.caller, uuidOf('property', propertyId))
  if (row) return row
  throw invalid({ pointer: '/property_id', code: 'unknown_property', message: 'is no property of yours' })
}

/** Throws `not_found`. */
export async function findProperty(sql: Sql, call: Call, uuid: string): Promise<PropertyRow> {
  const row = await findPropertyRow(sql, call.caller, uuid)
  if (row) return row
  throw notFound('property')
}

/** A house as we know it, in a transaction where its `Sql` is given. Throws `not_found`. */
export async function showProperty(sql: Sql, call: Call, uuid: string): Promise<Property> {
  const row = await findProperty(sql, call, uuid)
  const ids = await providerIdsOf(sql, call.caller.accountId, [row.id], 'property')
  return toProperty(row, ids.get(row.id) ?? [])
}

/** A house at a provider that keeps properties. */
export interface HouseThere {
  readonly connection: Connection
  readonly providerId: string
}

/** Where a house is kept by a provider that shows it to this account; null where none is. */
export async function houseThere(services: Services, call: Call, uuid: string): Promise<HouseThere | null> {
  const { accountId } = call.caller
  const ways = supporting('properties.get').flatMap(provider =>
    services.connections.to(call.caller, provider),
  )
  for (const connection of ways) {
    const through = { accountId, connectionId: connection.id, providerResource: 'property' }
    const providerId = await providerIdThrough(services.database.sql, through, uuid)
    if (providerId !== null) return { connection, providerId }
  }
  return null
}

async function readHouse(services: Services, call: Call, uuid: string, there: HouseThere): Promise<void> {
  const { connection, providerId } = there
  const { provider } = connection
  const resource = { prefix: 'property' as const, uuid }
  const at = { property_id: providerId }
  const { value, payload } = await readAtProvider(
    services,
    call,
    { connection, resource },
    'properties.get',
    at,
  )
  const seen = { connectionId: connection.id, provider, at: services.now() }
  await services.database.transaction(async tx => {
    await recordProperty(tx, call.caller, value, seen)
    if (payload) keepPayload(tx, services.vault, call.caller, resource, { provider, payload })
  })
}

/** One house, read at its provider where one keeps it. Throws `not_found` and ProviderError. */
export async function getProperty(
  services: Services,
  call: Call,
  propertyId: string,
  wishes: { withProviderData: boolean },
): Promise<Property> {
  const { sql } = services.database
  const { id } = await findProperty(sql, call, uuidOf('property', propertyId))
  const there = await houseThere(services, call, id)
  if (there) await readHouse(services, call, id, there)
  const property = await showProperty(sql, call, id)
  if (!wishes.withProviderData) return property
  const holder = { prefix: 'property' as const, uuid: id }
  return { ...property, provider_data: await readPayloads(sql, services.vault, call.caller, holder) }
}

/** The houses of a provider's page as ours; those that nobody has seen before get their ids. */
async function ours(
  services: Services,
  call: Call,
  connection: Connection,
  found: readonly ProviderProperty[],
): Promise<Property[]> {
  const { id: connectionId, provider } = connection
  const meet = async (tx: Tx, house: ProviderProperty, at: Date) =>
    (await recordProperty(tx, call.caller, house, { connectionId, provider, at })).id
  const known = await recognise(services, call, { connection, providerResource: 'property', found, meet })
  const rows = await propertyRows(services.database.sql, call.caller, [...known.values()])
  return found.flatMap(house => {
    const row = rows.get(known.get(house.id) ?? '')
    return row ? [toProperty(withFacts(row, house, row.updated_at), [house.id])] : []
  })
}

/** A page of the customer's portfolio at a provider, in its order. Throws `provider_not_connected` and ProviderError. */
export async function listProperties(
  services: Services,
  call: Call,
  query: z.output<typeof PropertyQuery>,
): Promise<Page<Property>> {
  const { status = null, q = null } = query
  const provider = chooseProvider('properties.list', query.provider)
  const list = `properties/${provider}/${status}/${q}`
  const request = services.cursors.read(query, list, call.caller)
  const connection = services.connections.own(call.caller, provider)
  const fetchPage = async (page: number) =>
    (await readAtProvider(services, call, { connection }, 'properties.list', { page, status, q })).value
  const page = await pageThrough(services.cursors, fetchPage, request, { list, caller: call.caller })
  return { ...page, data: await ours(services, call, connection, page.data) }
}
