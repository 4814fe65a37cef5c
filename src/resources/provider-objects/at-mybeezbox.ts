import type { z } from 'zod'
import { readAtProvider } from '#connections/read-at-provider'
import type { ProviderData, SingleQuery } from '#contract/vocabulary'
import type { Call } from '#http/caller'
import { notFound } from '#http/problem-error'
import type { Connection } from '#providers/call-context'
import type { Input, Output, RepeatableName } from '#providers/port/index'
import { ProviderError } from '#providers/provider-error'
import { isNotThere } from '#resources/provider-objects/not-there'
import type { Services } from '#services'

/** The account's own connection: what there is at MyBeezBox belongs to a whole account of it. */
export function ownMybeezbox(services: Services, call: Call): Connection {
  return services.connections.own(call.caller, 'mybeezbox')
}

/** Reads there, or changes what may be changed again and again. Throws ProviderError. */
export async function askMybeezbox<K extends RepeatableName>(
  services: Services,
  call: Call,
  operation: K,
  input: Input<K>,
): Promise<Output<K>> {
  const connection = ownMybeezbox(services, call)
  return (await readAtProvider(services, call, { connection }, operation, input)).value
}

/** The same for what a query looks for: what is wrong with a filter is told of the query. Throws ProviderError. */
export async function askByQuery<K extends RepeatableName>(
  services: Services,
  call: Call,
  operation: K,
  input: Input<K>,
): Promise<Output<K>> {
  try {
    return await askMybeezbox(services, call, operation, input)
  } catch (err) {
    if (!(err instanceof ProviderError && err.facts.fields)) throw err
    const fields = err.facts.fields.map(field => ({ ...field, pointer: `/query${field.pointer}` }))
    throw new ProviderError({ ...err.facts, fields })
  }
}

/** Throws `not_found` in place of the provider's own 404. */
async function orNotFound<T>(asking: Promise<T>): Promise<T> {
  try {
    return await asking
  } catch (err) {
    throw isNotThere(err) ? notFound('object at MyBeezBox') : err
  }
}

/** As `askMybeezbox` where the request names one object there. Throws `not_found` when there is none. */
export function askAboutOne<K extends RepeatableName>(
  services: Services,
  call: Call,
  operation: K,
  input: Input<K>,
): Promise<Output<K>> {
  return orNotFound(askMybeezbox(services, call, operation, input))
}

/**
 * Reads one object there, as `show` makes it, with the provider's own payload where the query includes it. Throws
 * `not_found` when there is none.
 */
export async function readOne<K extends RepeatableName, V extends object>(
  services: Services,
  call: Call,
  { operation, input, query }: { operation: K; input: Input<K>; query: z.output<typeof SingleQuery> },
  show: (value: Output<K>) => V | Promise<V>,
): Promise<V & { provider_data?: ProviderData }> {
  const connection = ownMybeezbox(services, call)
  const { value, payload } = await orNotFound(
    readAtProvider(services, call, { connection }, operation, input),
  )
  const shown = await show(value)
  if (query.include !== 'provider_data') return shown
  const told = payload && { fetched_at: payload.fetchedAt.toISOString(), data: payload.data }
  return { ...shown, provider_data: told ? { mybeezbox: told } : {} }
}
