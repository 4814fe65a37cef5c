import type { ProviderFailure } from '#contract/problems'

function ourPointer(pointer: string, firstTenant: number): string {
  if (pointer.startsWith('/provider_quote_id')) return '/offer_id'
  return pointer.replace(/^\/tenants\/(\d{1,3})/, (_, index) => `/tenants/${Number(index) + firstTenant}`)
}

/**
 * A failure with its fields in the names of the caller's request: an adapter counts the tenants of its own lead, of
 * which the first is the request's `firstTenant`.
 */
export function inOurRequest(failure: ProviderFailure, firstTenant: number): ProviderFailure {
  const errors = failure.errors.map(field => ({ ...field, pointer: ourPointer(field.pointer, firstTenant) }))
  return { ...failure, errors }
}
