import type { ContactInput } from '#contract/tenants'
import type { Connection } from '#providers/call-context'
import type { LeadDraft, LeadTenant } from '#providers/port/leads'
import { sealedProviders } from '#providers/registry'
import { addressFor } from '#resources/addresses/resolve-address'
import { branchAt } from '#resources/branches/find-branch'
import type { WantedLead } from '#resources/leads/prepare-lead'

/** One lead to be made at one provider. */
export interface PlannedSubmission {
  readonly connection: Connection
  readonly draft: LeadDraft
  /** Where the first of its people stands among the tenants of the request. */
  readonly firstTenant: number
  /** Whether it is about that one only, because the provider takes no more per lead. */
  readonly isAboutOne: boolean
}

function toLeadTenant({ first_name, last_name, email, phone, country_code }: ContactInput): LeadTenant {
  return { first_name, last_name, email, phone, country_code: country_code ?? null }
}

/** What one provider is told: its own address, branch and quote, never another provider's. */
function toDraft(wanted: WantedLead, connection: Connection, tenants: readonly ContactInput[]): LeadDraft {
  const { provider, id } = connection
  const { resolved, branch, offer } = wanted
  return {
    address: resolved && addressFor(provider, resolved),
    tenancy: wanted.tenancy,
    tenants: tenants.map(toLeadTenant),
    notifications: wanted.notifications,
    existing_tenancy: wanted.existing_tenancy,
    managing_party_name: wanted.managing_party_name,
    property_reference: wanted.property_reference,
    branch_id: branchAt(provider, branch),
    provider_quote_id: offer?.connectionId === id ? offer.providerQuoteId : null,
    source: wanted.source,
  }
}

/** A lead at each provider; as many as it takes where a provider bounds how many people one lead may name. */
export function planLead(wanted: WantedLead, connections: readonly Connection[]): PlannedSubmission[] {
  const { tenants } = wanted
  return connections.flatMap(connection => {
    const perLead = sealedProviders[connection.provider].tenantsPerLead ?? tenants.length
    const leads = Array.from({ length: Math.ceil(tenants.length / perLead) }, (_, index) => index * perLead)
    return leads.map(firstTenant => ({
      connection,
      draft: toDraft(wanted, connection, tenants.slice(firstTenant, firstTenant + perLead)),
      firstTenant,
      isAboutOne: sealedProviders[connection.provider].tenantsPerLead === 1,
    }))
  })
}
