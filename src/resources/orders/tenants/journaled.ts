import { z } from 'zod'
import type { Sql, Tx } from '#db/tx'
import { type Entry, hasHappened } from '#journal/entry'
import type { Journaled } from '#journal/journaled'
import { providerIdOf } from '#mappings/store'
import { liveInviteOf, setInviteDeleted } from '#resources/orders/invites/store'
import { mapPerson } from '#resources/orders/tenants/map-person'
import { isAway, wasNeverDone, wasRuledOut } from '#resources/orders/tenants/outcome'
import { fillIn } from '#resources/orders/tenants/placeholders'
import { AnsweredMandate, recordMandate } from '#resources/orders/tenants/record-mandate'
import { dropTenant, findTenantState, setTenantDeleted } from '#resources/orders/tenants/store'
import { toFields } from '#resources/orders/tenants/tenant-fields'
import { personalFields } from '#tenants/personal-fields'
import { updateTenant } from '#tenants/store'

const AnsweredTenant = z.object({
  id: z.string(),
  ...personalFields,
})

async function idsFor(sql: Sql, entry: Entry) {
  const { accountId, resource } = entry
  const tenant = await findTenantState(sql, entry, resource.uuid)
  const invite = entry.operation === 'invites.delete' ? await liveInviteOf(sql, entry, resource.uuid) : null
  return {
    order_id: tenant && (await providerIdOf(sql, accountId, tenant.order_id, 'order')),
    tenant_id: await providerIdOf(sql, accountId, resource.uuid, 'tenant'),
    invite_id: invite?.providerId ?? null,
  }
}

/** Whoever was not added after all is forgotten; who was, or may have been, is there. */
async function settleCreation(tx: Tx, entry: Entry, at: Date): Promise<void> {
  const { uuid } = entry.resource
  if (wasNeverDone(entry)) return dropTenant(tx, entry, uuid)
  setTenantDeleted(tx, entry, uuid, wasRuledOut(entry) ? at : null)
  if (entry.operation !== 'tenants.create' || !hasHappened(entry)) return
  const connection = { id: entry.connectionId, provider: entry.provider }
  for (const providerId of entry.providerIds)
    await mapPerson(tx, entry, connection, { resource: { prefix: 'tenant', uuid }, providerId, at })
}

function settleUpdate(tx: Tx, entry: Entry, value: unknown, at: Date): void {
  if (value === undefined) return
  const fields = toFields(AnsweredTenant.parse(value))
  updateTenant(tx, entry, entry.resource.uuid, fields, at)
}

async function settleRemoval(tx: Tx, entry: Entry, at: Date): Promise<void> {
  if (!isAway(entry)) return
  const invite = await liveInviteOf(tx, entry, entry.resource.uuid)
  if (invite) setInviteDeleted(tx, entry, invite.uuid, at)
  setTenantDeleted(tx, entry, entry.resource.uuid, at)
}

async function settleMandate(tx: Tx, entry: Entry, value: unknown, at: Date): Promise<void> {
  if (value === undefined) return
  await recordMandate(tx, entry, entry.resource.uuid, { ...AnsweredMandate.parse(value), at })
}

/** What is done below an order for one of its people, other than with the order itself. */
export const tenantJournaled: Journaled = {
  table: 'tenants',
  complete: async (sql, entry, input) => fillIn(input, await idsFor(sql, entry)),
  idsOf: (entry, value) => (entry.operation === 'tenants.update' ? [AnsweredTenant.parse(value).id] : []),

  async settled(tx, entry, value, at) {
    switch (entry.operation) {
      case 'tenants.create':
      case 'invites.create':
        return settleCreation(tx, entry, at)
      case 'tenants.update':
        return settleUpdate(tx, entry, value, at)
      case 'tenants.delete':
      case 'invites.delete':
        return settleRemoval(tx, entry, at)
      case 'mandates.update':
        return settleMandate(tx, entry, value, at)
      default:
        throw new TypeError(`${entry.operation} is nothing that is done for a tenant`)
    }
  },
}
