import { z } from 'zod'
import { OptionalText, orNull } from '#providers/answer-schemas'
import type { HomeboxClient } from '#providers/homebox/client'
import { onBehalfOf } from '#providers/homebox/client'
import { HomeboxDate, HomeboxTimestamp, mayStemFrom } from '#providers/homebox/dates'
import { dataList, dataObject, HomeboxId } from '#providers/homebox/dialect'
import { AnsweredPhone, AnsweredProperty, ListMeta, toPage } from '#providers/homebox/incoming'
import { LeadHouse, ShortDate, SentTenant } from '#providers/homebox/outgoing'
import { readPages } from '#providers/homebox/pages'
import type { Implements, Input } from '#providers/port/index'
import type { LeadTraces, ProviderLead } from '#providers/port/leads'
import { needed, sendable, withoutNulls } from '#providers/port/sendable'

const Tenant = z.object({
  id: orNull(HomeboxId),
  email_address: OptionalText,
  phone_number: AnsweredPhone,
})
const Lead = z.object({
  id: HomeboxId,
  tenancy_start: orNull(HomeboxDate),
  tenancy_end: orNull(HomeboxDate),
  completed_at: orNull(HomeboxTimestamp),
  property: orNull(AnsweredProperty),
  property_reference: OptionalText,
  tenants: orNull(z.array(Tenant)),
  created_at: orNull(HomeboxTimestamp),
})
const LeadAnswer = z.object({ data: dataObject(Lead) })
const LeadsAnswer = z.object({ data: dataList(z.array(Lead)), meta: ListMeta })

const LEADS = { own: '/api/partner/lead', branch: '/api/partner/child/{child_id}/lead' } as const
const LEAD = { own: `${LEADS.own}/{lead_id}`, branch: `${LEADS.branch}/{lead_id}` } as const

export const homeboxLeads = {
  'leads.create': async (client, draft) => {
    const body = sendable('homebox', 'leads.create', draft.notifications ? TellingLead : SilentLead, draft)
    const { data } = await client.post(onBehalfOf(draft.branch_id, LEADS), body, LeadAnswer)
    return fromHomeboxLead(data)
  },
  'leads.get': async (client, { lead_id, branch_id }) => {
    const { data } = await client.get(onBehalfOf(branch_id, LEAD, { lead_id }), LeadAnswer)
    return fromHomeboxLead(data)
  },
  'leads.list': async (client, { page, branch_id }) => listLeads(client, { page, branch_id }),
  'leads.scan': async (client, traces) => {
    const found: ProviderLead[] = []
    const { branch_id } = traces
    const leads = readPages('leads.scan', page => listLeads(client, { page, branch_id }))
    for await (const lead of leads) if (mayBe(lead, traces)) found.push(lead)
    return found
  },
} satisfies Implements<HomeboxClient>

async function listLeads(client: HomeboxClient, { page, branch_id }: Input<'leads.list'>) {
  const target = { ...onBehalfOf(branch_id, LEADS), query: { page: String(page) } }
  const { data, meta } = await client.get(target, LeadsAnswer)
  return toPage(data.map(fromHomeboxLead), meta)
}

function leadBody<S extends z.ZodType>(address: S) {
  return z
    .object({
      tenancy: z.object({ start_date: needed(ShortDate), end_date: needed(ShortDate) }),
      notifications: z.boolean(),
      existing_tenancy: z.boolean(),
      managing_party_name: z.string().nullable(),
      property_reference: z.string().nullable(),
      address,
      tenants: z.array(SentTenant),
    })
    .transform(({ tenancy, ...lead }) =>
      withoutNulls<unknown>({ tenancy_start: tenancy.start_date, tenancy_end: tenancy.end_date, ...lead }),
    )
}

/** "An address is only required when notifications is true": without them an incomplete one is left out. */
const TellingLead = leadBody(needed(LeadHouse))
const SilentLead = leadBody(LeadHouse.nullable().catch(null))

function fromHomeboxLead(lead: z.output<typeof Lead>): ProviderLead {
  return {
    id: lead.id,
    tenancy: { start_date: lead.tenancy_start, end_date: lead.tenancy_end },
    property: lead.property,
    property_reference: lead.property_reference,
    tenants: (lead.tenants ?? []).map(({ id, email_address, phone_number }) => ({
      id,
      email: email_address,
      phone: phone_number,
    })),
    completed_at: lead.completed_at,
    created_at: lead.created_at,
  }
}

/**
 * Dates, people and postcode agree, and it is not older than our attempt. The lines do not count: Homebox may write
 * them its own way, and a lead that is wrongly taken for absent would be sent, and its tenants texted, again.
 */
function mayBe(lead: ProviderLead, traces: LeadTraces): boolean {
  const postcode = lead.property?.address?.postcode ?? null
  return (
    lead.tenancy.start_date === traces.tenancy.start_date &&
    lead.tenancy.end_date === traces.tenancy.end_date &&
    mayStemFrom(traces.created_after, lead.created_at) &&
    (postcode === null || traces.postcode === null || postcode === traces.postcode) &&
    lead.tenants.length === traces.tenants.length &&
    traces.tenants.every(tenant => lead.tenants.some(named => isSamePerson(named, tenant)))
  )
}

function isSamePerson(
  named: ProviderLead['tenants'][number],
  tenant: LeadTraces['tenants'][number],
): boolean {
  return named.email?.toLowerCase() === tenant.email.toLowerCase() || named.phone === tenant.phone
}
