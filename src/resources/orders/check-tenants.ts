import type { Tenant, TenantInput } from '#contract/tenants'
import type { FieldError } from '#contract/vocabulary'
import { unborn } from '#tenants/born-before'
import type { PlainDate } from '#values/dates'

/** What one person is told by. */
export type Named = Pick<Tenant, 'first_name' | 'last_name' | 'email' | 'phone'>

/** The same for the same person, however they are written. */
export function identityOf({ first_name, last_name, email, phone }: Named): string {
  return JSON.stringify(
    [first_name, last_name, email, phone].map(part => part?.normalize('NFC').toLowerCase() ?? null),
  )
}

/** Who is named twice would pay twice. A couple may share an e-mail address or a phone, but not a name as well. */
export function duplicatedTenants(tenants: readonly TenantInput[]): FieldError[] {
  const identities = tenants.map(identityOf)
  return identities.flatMap((identity, index) =>
    identities.indexOf(identity) === index ? [] : [namedTwice(`/tenants/${index}`)],
  )
}

/** What is wrong with somebody who is named more than once. */
export function namedTwice(pointer: string): FieldError {
  return { pointer, code: 'duplicate', message: 'is named more than once' }
}

export function unbornTenants(tenants: readonly TenantInput[], today: PlainDate): FieldError[] {
  return tenants.flatMap((tenant, index) =>
    unborn(`/tenants/${index}/date_of_birth`, tenant.date_of_birth, today),
  )
}
