import type { Services } from '#services'
import { demandBornBefore } from '#tenants/born-before'

interface Represented {
  readonly legal_representative?: { readonly date_of_birth?: string | null } | null
}

/** Throws `validation_failed` for a representative who is born today or later. */
export function demandBorn(services: Pick<Services, 'now'>, { legal_representative }: Represented): void {
  demandBornBefore(services, '/legal_representative/date_of_birth', legal_representative?.date_of_birth)
}
