import { microTimestamp, midnight, plainTimestamp } from '#simulators/homebox/dialect'
import { leadPropertyJson } from '#simulators/homebox/properties'
import type { Lead } from '#simulators/homebox/state'

/** As in the sample of "Create Lead": the lead's own timestamp has micro-seconds, those below it have no zone. */
export function leadJson(lead: Lead) {
  const at = plainTimestamp(new Date(lead.created_at))
  return {
    id: lead.id,
    partner_id: 1,
    tenancy_start: midnight(lead.tenancy_start),
    tenancy_end: midnight(lead.tenancy_end),
    tenancy_type: 'New Tenancy',
    completed_at: lead.completed_at && plainTimestamp(new Date(lead.completed_at)),
    managing_party_name: lead.managing_party_name,
    property: lead.property && leadPropertyJson(lead.property),
    property_reference: lead.property_reference,
    tenants: lead.tenants.map(tenant => ({ ...tenant, unsubscribed: false, created_at: at, updated_at: at })),
    created_at: microTimestamp(new Date(lead.created_at)),
  }
}
