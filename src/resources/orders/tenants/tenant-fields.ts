import type { TenantFields } from '#tenants/store'

const NAMES = ['first_name', 'last_name', 'email', 'phone', 'date_of_birth', 'nationality'] as const
type Name = (typeof NAMES)[number]

const KEPT_AS = {
  first_name: 'firstName',
  last_name: 'lastName',
  email: 'email',
  phone: 'phone',
  date_of_birth: 'dateOfBirth',
  nationality: 'nationality',
} as const satisfies Record<Name, keyof TenantFields>

/** What is said of a person; absent and null say nothing. */
export type Said = { readonly [N in Name]?: string | null | undefined }

/** What is said of a person and differs from what is known, to be stored. */
export function toFields(said: Said, known: Said = {}): TenantFields {
  const fields: Partial<Record<(typeof KEPT_AS)[Name], string>> = {}
  for (const name of NAMES) {
    const value = said[name]
    if (value && value !== known[name]) fields[KEPT_AS[name]] = value
  }
  return fields
}
