import { z } from 'zod'
import type { Endpoint } from '#simulators/core/endpoint'
import { byEmail, byName, byPostcode } from '#simulators/core/magic'
import { ByIdAndPostcode, ByLeadLines, namesId } from '#simulators/homebox/address-fields'
import { type Behalf, ownBehalf } from '#simulators/homebox/behalf'
import { idIn, notFound, PageQuery, read, refuse } from '#simulators/homebox/dialect'
import { ShortDate } from '#simulators/homebox/fields'
import { leadJson } from '#simulators/homebox/lead-json'
import { PER_PAGE } from '#simulators/homebox/orders'
import { Contact } from '#simulators/homebox/person-fields'
import { propertyAt } from '#simulators/homebox/properties'
import type { HomeboxContext, Lead } from '#simulators/homebox/state'

const LeadBody = z.strictObject({
  tenancy_start: ShortDate,
  tenancy_end: ShortDate,
  existing_tenancy: z.boolean().optional(),
  notifications: z.boolean().optional(),
  managing_party_name: z.string().min(1).optional(),
  property_reference: z.string().min(1).optional(),
  tenants: z.array(Contact).min(1),
})
const LeadById = LeadBody.extend({ address: ByIdAndPostcode.optional() })
const LeadByLines = LeadBody.extend({ address: ByLeadLines.optional() })
type LeadBody = z.output<typeof LeadById>

function readLead(input: unknown): LeadBody {
  const body = read(namesId(input) ? LeadById : LeadByLines, input)
  if (!body.address && body.notifications !== false) {
    throw refuse('address', 'The address field is required when notifications is true.')
  }
  return body
}

function newLead(context: HomeboxContext, body: LeadBody, branchId: number | null): Lead {
  const { store, clock } = context
  return {
    id: store.nextId(),
    branch_id: branchId,
    tenancy_start: body.tenancy_start,
    tenancy_end: body.tenancy_end,
    managing_party_name: body.managing_party_name ?? null,
    property: body.address ? propertyAt(context, body.address) : null,
    property_reference: body.property_reference ?? null,
    tenants: body.tenants.map(tenant => ({ id: store.nextId(), ...tenant })),
    completed_at: null,
    created_at: clock().toISOString(),
  }
}

/** The partner sees the leads of branches among its own. */
function isSeen({ branch_id }: Lead, branchId: number | null): boolean {
  return branchId === null || branch_id === branchId
}

function createLead(context: HomeboxContext, behalf: Behalf): Endpoint {
  return {
    operation: behalf.named('leads.create'),
    method: 'POST',
    path: `${behalf.prefix}/lead`,
    effect: 'kept',
    renamed: ['id', 'lead_id'],
    accept: call => {
      const branchId = behalf.branchId(call)
      const body = readLead(call.body)
      const people = body.tenants.flatMap(tenant => [byEmail(tenant.email_address), byName(tenant.last_name)])
      return {
        triggers: [...people, byPostcode('order', body.address?.postcode.postcode ?? '')],
        apply: () => {
          const lead = newLead(context, body, branchId)
          context.leads.put(lead.id, lead)
          const index = `http://${call.headers.host ?? '127.0.0.1'}/api/partner/lead/`
          const meta = { links: { index, show: `${index}${lead.id}` } }
          return { status: 201, body: { data: leadJson(lead), meta } }
        },
      }
    },
  }
}

/** A page as Laravel has it: links and meta beside the data. */
function pageOf(leads: Lead[], page: number, url: string) {
  const lastPage = Math.max(1, Math.ceil(leads.length / PER_PAGE))
  const from = (page - 1) * PER_PAGE
  const rows = leads.slice(from, from + PER_PAGE)
  const linkTo = (number: number) => `${url}?page=${number}`
  return {
    data: rows.map(leadJson),
    links: {
      first: linkTo(1),
      last: linkTo(lastPage),
      prev: page > 1 ? linkTo(page - 1) : null,
      next: page < lastPage ? linkTo(page + 1) : null,
    },
    meta: {
      current_page: page,
      from: rows.length > 0 ? from + 1 : null,
      last_page: lastPage,
      path: url,
      per_page: PER_PAGE,
      to: rows.length > 0 ? from + rows.length : null,
      total: leads.length,
    },
  }
}

function listLeads({ leads }: HomeboxContext, behalf: Behalf): Endpoint {
  return {
    operation: behalf.named('leads.list'),
    method: 'GET',
    path: `${behalf.prefix}/lead`,
    effect: 'none',
    takesQuery: true,
    renamed: ['id', 'lead_id'],
    accept: call => {
      const branchId = behalf.branchId(call)
      const { page } = read(PageQuery, call.query)
      const path = behalf.prefix.replace(':child_id', String(branchId))
      const url = `http://${call.headers.host ?? '127.0.0.1'}${path}/lead`
      const seen = () => leads.all().filter(lead => isSeen(lead, branchId))
      const apply = () => ({
        status: 200,
        body: pageOf(seen().reverse(), page, url),
      })
      return { triggers: [], apply }
    },
  }
}

function getLead({ leads }: HomeboxContext, behalf: Behalf): Endpoint {
  return {
    operation: behalf.named('leads.get'),
    method: 'GET',
    path: `${behalf.prefix}/lead/:lead_id`,
    effect: 'none',
    renamed: ['id', 'lead_id'],
    accept: call => {
      const branchId = behalf.branchId(call)
      const lead = leads.get(idIn(call.params, 'lead_id'))
      if (!lead || !isSeen(lead, branchId)) throw notFound()
      return {
        triggers: [byPostcode('read', lead.property?.postcode ?? '')],
        apply: () => ({ status: 200, body: { data: leadJson(lead) } }),
      }
    },
  }
}

/** Chapters "Create Lead" and "List Leads", and those of the same for a branch. */
export function leadEndpoints(context: HomeboxContext, behalf: Behalf = ownBehalf): Endpoint[] {
  return [createLead(context, behalf), listLeads(context, behalf), getLead(context, behalf)]
}
