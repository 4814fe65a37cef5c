import type { Lead, LeadRequest } from '#contract/leads'
import type { Quote } from '#contract/quotes'
import type { ContactInput } from '#contract/tenants'
import type { Call } from '#http/caller'
import { invalid } from '#http/problem-error'
import { type ResolvedAddress, resolveAddress } from '#resources/addresses/resolve-address'
import { findBranch, type KnownBranch, unknownBranch } from '#resources/branches/find-branch'
import { findNamedOffer, findNamedQuote, type OpenOffer } from '#resources/quotes/find-offer'
import type { Services } from '#services'
import { uuidOf } from '#values/ids'

/** A lead as it is understood: what its quote knows is taken over, defaults are filled in. */
export interface WantedLead
  extends Pick<
    Lead,
    | 'quote_id'
    | 'offer_id'
    | 'tenancy'
    | 'notifications'
    | 'existing_tenancy'
    | 'managing_party_name'
    | 'property_reference'
    | 'source'
    | 'metadata'
  > {
  readonly resolved: ResolvedAddress | null
  readonly tenants: readonly ContactInput[]
  readonly branch: KnownBranch | null
  /** The offer that interests them: its provider is told which of its own quotes it is from. */
  readonly offer: Pick<OpenOffer, 'connectionId' | 'providerQuoteId'> | null
}

interface Origin {
  readonly quote: Quote | null
  readonly offer: OpenOffer | null
}

async function findOrigin(services: Services, call: Call, body: LeadRequest): Promise<Origin> {
  const quote = body.quote_id ? await findNamedQuote(services, call, body.quote_id) : null
  const offer = body.offer_id ? await findNamedOffer(services, call, body.offer_id) : null
  if (quote && offer && offer.quote.id !== quote.id)
    throw invalid({ pointer: '/offer_id', code: 'not_of_quote', message: 'is no offer of this quote' })
  return { quote: offer?.quote ?? quote, offer }
}

/** Throws `validation_failed` for a branch that no provider knows. */
async function knownBranch(services: Services, call: Call, branchId: string): Promise<KnownBranch> {
  const branch = await findBranch(services, call, uuidOf('branch', branchId))
  if (branch) return branch
  throw unknownBranch()
}

function tenancyOf(body: LeadRequest, quote: Quote | null): WantedLead['tenancy'] {
  const quoted = quote?.request.tenancy
  const start_date = body.tenancy?.start_date ?? quoted?.start_date ?? null
  const end_date = body.tenancy?.end_date ?? quoted?.end_date ?? null
  // The request's own dates agree with each other; one of them may not agree with the quote's.
  if (start_date === null || end_date === null || end_date > start_date) return { start_date, end_date }
  throw invalid({
    pointer: '/tenancy/end_date',
    code: 'end_before_start',
    message: 'must be after start_date',
  })
}

function sourceOf({ source }: LeadRequest): WantedLead['source'] {
  return {
    enquiry_id: source?.enquiry_id ?? null,
    lead_source: source?.lead_source ?? null,
    original_source_agent: source?.original_source_agent ?? null,
    is_homebuyer: source?.is_homebuyer ?? null,
  }
}

/** What the request means. Throws problems with pointers; asks no provider and stores nothing. */
export async function prepareLead(services: Services, call: Call, body: LeadRequest): Promise<WantedLead> {
  const { quote, offer } = await findOrigin(services, call, body)
  const address = body.address ?? quote?.request.address
  return {
    quote_id: quote?.id ?? null,
    offer_id: offer?.offer.id ?? null,
    offer,
    tenancy: tenancyOf(body, quote),
    resolved: address ? await resolveAddress(services, call, address) : null,
    tenants: body.tenants,
    branch: body.branch_id ? await knownBranch(services, call, body.branch_id) : null,
    notifications: body.notifications ?? true,
    existing_tenancy: body.existing_tenancy ?? false,
    managing_party_name: body.managing_party_name ?? null,
    property_reference: body.property_reference ?? null,
    source: sourceOf(body),
    metadata: body.metadata ?? {},
  }
}
