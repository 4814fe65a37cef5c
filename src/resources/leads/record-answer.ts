import type { Address } from '#contract/addresses'
import type { ProviderId } from '#contract/common'
import type { Tx } from '#db/tx'
import { insertMapping } from '#mappings/store'
import { ensureProperty } from '#properties/ensure-property'
import type { ProviderLead } from '#providers/port/leads'
import type { LeadRow } from '#resources/leads/store'

const UNKNOWN_HOUSE: Address = {
  line_1: null,
  line_2: null,
  city: null,
  county: null,
  postcode: null,
  address_id: null,
  uprn: null,
  umprn: null,
  udprn: null,
}

/** Where an answer came from, and when it was written down. */
export interface AnsweredBy {
  readonly connectionId: string
  readonly provider: ProviderId
  readonly at: Date
}

/** The lead's property; where only an address id was given, the provider is the first to tell which house that is. */
async function propertyOf(
  tx: Tx,
  lead: LeadRow,
  { property }: Pick<ProviderLead, 'property'>,
  at: Date,
): Promise<string | null> {
  if (lead.property_id !== null || !property?.address) return lead.property_id
  const address = { ...(lead.address ?? UNKNOWN_HOUSE), ...property.address }
  const scope = { accountId: lead.account_id, mode: lead.mode }
  return ensureProperty(tx, scope, { address, propertyReference: lead.property_reference, at })
}

/**
 * Maps the provider's ids of the lead and of its house onto ours, in the caller's commit. Returns the UUID of the
 * lead's property as it is known now. The people's ids are not mapped: a contact of a lead is no bill payer there.
 */
export async function recordAnswer(
  tx: Tx,
  lead: LeadRow,
  answer: Pick<ProviderLead, 'id' | 'property'>,
  { at, ...by }: AnsweredBy,
): Promise<string | null> {
  const scope = { accountId: lead.account_id, mode: lead.mode }
  const resource = { prefix: 'lead' as const, uuid: lead.id }
  const [uuid] = await Promise.all([
    propertyOf(tx, lead, answer, at),
    insertMapping(tx, scope, { resource, ...by, providerResource: 'lead', providerId: answer.id, at }),
  ])
  const providerId = answer.property?.id ?? null
  if (uuid !== null && providerId !== null) {
    const house = { prefix: 'property' as const, uuid }
    await insertMapping(tx, scope, { resource: house, ...by, providerResource: 'property', providerId, at })
  }
  return uuid
}
