import { readAtProvider } from '#connections/read-at-provider'
import type { Call } from '#http/caller'
import { notFound } from '#http/problem-error'
import type { Connection } from '#providers/call-context'
import type { Input, OperationName, Output } from '#providers/port/index'
import { ProviderError } from '#providers/provider-error'
import { isNotThere } from '#resources/provider-objects/not-there'
import type { Services } from '#services'

/** The account's own connection: what there is at MyBeezBox belongs to a whole account of it. */
export function ownMybeezbox(services: Services, call: Call): Connection {
  return services.connections.own(call.caller, 'mybeezbox')
}

/** Reads there, or changes what may be changed again and again. Throws ProviderError. */
export async function askMybeezbox<K extends OperationName>(
  services: Services,
  call: Call,
  operation: K,
  input: Input<K>,
): Promise<Output<K>> {
  const connection = ownMybeezbox(services, call)
  return (await readAtProvider(services, call, { connection }, operation, input)).value
}

/** The same for what a query looks for: what is wrong with a filter is told of the query. Throws ProviderError. */
export async function askByQuery<K extends OperationName>(
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

/** The same where the request names one object there. Throws `not_found` when there is none. */
export async function askAboutOne<K extends OperationName>(
  services: Services,
  call: Call,
  operation: K,
  input: Input<K>,
): Promise<Output<K>> {
  try {
    return await askMybeezbox(services, call, operation, input)
  } catch (err) {
    throw isNotThere(err) ? notFound('object at MyBeezBox') : err
  }
}
