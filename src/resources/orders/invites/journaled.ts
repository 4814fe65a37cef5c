import { hasHappened } from '#journal/entry'
import type { Journaled } from '#journal/journaled'
import { providerIdOf } from '#mappings/store'
import { dropInvite, findInvitePlace, setInviteDeleted } from '#resources/orders/invites/store'
import { mapPerson } from '#resources/orders/tenants/map-person'
import { isAway, wasNeverDone, wasRuledOut } from '#resources/orders/tenants/outcome'
import { fillIn } from '#resources/orders/tenants/placeholders'

/** What is done below an order for one of its invitations. */
export const inviteJournaled: Journaled = {
  table: 'invites',

  async complete(sql, entry, input) {
    const { accountId, resource } = entry
    const invite = await findInvitePlace(sql, entry, resource.uuid)
    return fillIn(input, {
      order_id: invite && (await providerIdOf(sql, accountId, invite.order_id, 'order')),
      invite_id: await providerIdOf(sql, accountId, resource.uuid, 'invite'),
    })
  },

  idsOf: () => [],

  async settled(tx, entry, _value, at) {
    const { uuid } = entry.resource
    if (entry.operation === 'invites.delete') {
      if (isAway(entry)) setInviteDeleted(tx, entry, uuid, at)
      return
    }
    if (wasNeverDone(entry)) return dropInvite(tx, entry, uuid)
    setInviteDeleted(tx, entry, uuid, wasRuledOut(entry) ? at : null)
    if (!hasHappened(entry)) return
    const connection = { id: entry.connectionId, provider: entry.provider }
    for (const providerId of entry.providerIds)
      await mapPerson(tx, entry, connection, { resource: { prefix: 'invite', uuid }, providerId, at })
  },
}
