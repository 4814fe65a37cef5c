import type { ProviderId } from '#contract/vocabulary'
import type { Tx } from '#db/tx'
import { insertMapping } from '#mappings/store'
import { ensureProperty } from '#properties/ensure-property'
import { UNKNOWN_ADDRESS } from '#properties/unknown-address'
import type { ProviderLead } from '#providers/port/leads'
import type { LeadRow } from '#resources/leads/store'

/** Where an answer came from, and when it was written down. */
export interface AnsweredBy {
  readonly connectionId: string
  readonly provider: ProviderId
  readonly at: Date
}

/** The lead's property; where only an address id was given, the provider is the first to tell which house that is. */
export async function propertyOf(
  tx: Tx,
  lead: LeadRow,
  { property }: Pick<ProviderLead, 'property'>,
  at: Date,
): Promise<string | null> {
  if (lead.property_id !== null || !property?.address) return lead.property_id
  const address = { ...(lead.address ?? UNKNOWN_ADDRESS), ...property.address }
  const scope = { accountId: lead.account_id, mode: lead.mode }
  return ensureProperty(tx, scope, { address, propertyReference: lead.property_reference, at })
}

/**
 * Maps the provider's ids of the lead and of its house, as far as that is known, onto ours, in the caller's commit. The
 * people's ids are not mapped: a contact of a lead is no bill payer there.
 */
export async function mapAnswer(
  tx: Tx,
  lead: LeadRow,
  { id, property }: Pick<ProviderLead, 'id' | 'property'>,
  { at, ...by }: AnsweredBy,
): Promise<void> {
  const scope = { accountId: lead.account_id, mode: lead.mode }
  const resource = { prefix: 'lead' as const, uuid: lead.id }
  const house = lead.property_id && { prefix: 'property' as const, uuid: lead.property_id }
  const providerId = property?.id ?? null
  await Promise.all([
    insertMapping(tx, scope, { resource, ...by, providerResource: 'lead', providerId: id, at }),
    house && providerId
      ? insertMapping(tx, scope, { resource: house, ...by, providerResource: 'property', providerId, at })
      : null,
  ])
}
