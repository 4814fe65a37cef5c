import type { ListQuery, Metadata } from '#contract/vocabulary'
import type { Call } from '#http/caller'
import type { Page } from '#http/list'
import { cutArray } from '#http/read-through'
import { ownMybeezbox } from '#resources/provider-objects/at-mybeezbox'
import { metadataOf } from '#resources/provider-objects/store'
import type { Services } from '#services'

/** A value of MyBeezBox as it is answered, of this kind in the contract's words. */
export function shown<K extends string, V extends object>(call: Call, kind: K, value: V) {
  return { ...value, object: kind, mode: call.caller.mode, provider: 'mybeezbox' } as const
}

/** Values of a kind that is made through here, with what their makers said of them. */
async function shownAsMade<K extends string, V extends { readonly id: string }>(
  services: Services,
  call: Call,
  kind: K,
  values: readonly V[],
) {
  const { sql } = services.database
  const of = { connectionId: ownMybeezbox(services, call).id, kind }
  const ids = values.map(({ id }) => id)
  const given = await metadataOf(sql, call.caller.accountId, of, ids)
  return values.map(value => madeNow(call, kind, value, given.get(value.id)))
}

/** A value of such a kind, with the metadata that came with the request that made it. */
export function madeNow<K extends string, V extends object>(
  call: Call,
  kind: K,
  value: V,
  metadata: Metadata | null | undefined,
) {
  return { ...shown(call, kind, value), metadata: metadata ?? {} }
}

/** One value of such a kind. */
export async function shownOne<K extends string, V extends { readonly id: string }>(
  services: Services,
  call: Call,
  kind: K,
  value: V,
) {
  const [one] = await shownAsMade(services, call, kind, [value])
  if (!one) throw new TypeError('one value has become none')
  return one
}

/** Which list of ours is asked for, and which page of it. */
export interface ListRequest {
  readonly list: string
  readonly query: Pick<ListQuery, 'limit' | 'cursor'>
}

/** A page of an array that MyBeezBox gives whole. */
export async function listWhole<T>(
  services: Services,
  call: Call,
  { list, query }: ListRequest,
  read: () => Promise<readonly T[]>,
): Promise<Page<T>> {
  const request = services.cursors.read(query, list, call.caller)
  return cutArray(services.cursors, await read(), request, list, call.caller)
}

/** The same of a kind that is made through here. */
export async function listMade<K extends string, V extends { readonly id: string }>(
  services: Services,
  call: Call,
  request: ListRequest & { readonly kind: K },
  read: () => Promise<readonly V[]>,
) {
  const page = await listWhole(services, call, request, read)
  return { ...page, data: await shownAsMade(services, call, request.kind, page.data) }
}
