import { isMadeSince, notBefore, weigh } from '#journal/candidates'
import type { Lookup } from '#journal/lookup'
import type { LeadDraft, ProviderLead } from '#providers/port/leads'
import { addressKey } from '#values/address'

/** Whether both say which house it is, and it is the same. */
function isSameHouse({ address }: LeadDraft, { property }: ProviderLead): boolean {
  const ours = address && addressKey({ ...address, uprn: null })
  const theirs = property?.address && addressKey({ ...property.address, uprn: null })
  return ours !== null && ours === theirs
}

/** Whether leads with these drafts cannot be told apart. */
function isAlike(one: LeadDraft, other: LeadDraft): boolean {
  const people = new Set(one.tenants.flatMap(({ email, phone }) => [email.toLowerCase(), phone]))
  return (
    one.tenancy.start_date === other.tenancy.start_date &&
    one.tenancy.end_date === other.tenancy.end_date &&
    other.tenants.some(({ email, phone }) => people.has(email.toLowerCase()) || people.has(phone))
  )
}

/** A lead carries no reference: it is known again by its people, dates and house. */
export const lookForLead: Lookup<'leads.create'> = async (look, sent) => {
  const { start_date, end_date } = sent.tenancy
  if (start_date === null || end_date === null)
    return { seen: 'doubt', hint: 'It was sent without its dates, so it cannot be told from others.' }
  const { branch_id } = sent
  const { value: leads } = await look.read('leads.scan', {
    postcode: sent.address?.postcode ?? null,
    tenancy: { start_date, end_date },
    tenants: sent.tenants,
    created_after: notBefore(look.entry),
    branch_id,
  })
  const weighed = await weigh(look, {
    kind: 'lead',
    candidates: leads.map(lead => ({
      id: lead.id,
      sure: isSameHouse(sent, lead) && isMadeSince(look.entry, lead.created_at),
    })),
    isRival: other => isAlike(other, sent),
  })
  if (weighed.seen !== 'it') return weighed
  const { id } = weighed.candidate
  const { value, payload } = await look.read('leads.get', { lead_id: id, branch_id })
  return { seen: 'it', providerIds: [id], kind: 'lead', value, payload }
}
