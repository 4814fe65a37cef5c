import type { Sql } from '#db/tx'
import { weigh } from '#journal/candidates'
import type { Entry } from '#journal/entry'
import type { Look, Lookup, Sight } from '#journal/lookup'
import { shownChange } from '#journal/shown-change'
import { findInvitePlace, knownInvites } from '#resources/orders/invites/store'
import { findTenantState, type KnownTenant, knownTenants } from '#resources/orders/tenants/store'

/** The order below which an operation was done; null when that is gone. */
async function orderOf(sql: Sql, entry: Entry): Promise<string | null> {
  const { prefix, uuid } = entry.resource
  if (prefix === 'order') return uuid
  const found = await (prefix === 'invite' ? findInvitePlace : findTenantState)(sql, entry, uuid)
  return found?.order_id ?? null
}

/** Whether the order has others whom the provider may show in place of this operation's person. */
async function hasNamesake(
  sql: Sql,
  entry: Entry,
  isAlike: (person: KnownTenant['person']) => boolean,
): Promise<boolean> {
  const orderUuid = await orderOf(sql, entry)
  if (orderUuid === null) return true
  const ours = [entry.resource.uuid, entry.subject?.uuid]
  const people = await knownTenants(sql, entry, { orderUuid, connectionId: entry.connectionId })
  return people.some(
    ({ uuid, person, providerId, deletedAt }) =>
      !ours.includes(uuid) && providerId === null && deletedAt === null && isAlike(person),
  )
}

const doubt = (hint: string): Sight => ({ seen: 'doubt', hint })
const NAMESAKE = doubt('Another person of this order is known by the same: nobody can tell the two apart.')

const isSame = (one: string | null, other: string) => one?.toLowerCase() === other.toLowerCase()

/** Adding somebody answers no id: they are known again by their e-mail address. */
export const lookForTenant: Lookup<'tenants.create'> = async (look, { order_id, tenant }) => {
  const { value: listed } = await look.read('tenants.list', { order_id })
  const byEmail = listed.filter(({ email }) => isSame(email, tenant.email))
  const alike = byEmail.length > 0 ? byEmail : listed.filter(({ phone }) => phone === tenant.phone)
  const candidates = alike.map(({ id }) => ({ id, sure: alike === byEmail }))
  const weighed = await weigh(look, { kind: 'tenant', candidates, isRival: () => false })
  if (weighed.seen !== 'it') return weighed
  if (await hasNamesake(look.sql, look.entry, ({ email }) => isSame(email, tenant.email))) return NAMESAKE
  return { seen: 'it', providerIds: [weighed.candidate.id], kind: 'tenant' }
}

/** Invitations of ours to the one whom the operation invites: what a list has shown before may be mapped to them. */
async function invitesOf(sql: Sql, entry: Entry): Promise<string[]> {
  const orderUuid = await orderOf(sql, entry)
  const person = entry.resource.prefix === 'tenant' ? entry.resource.uuid : entry.subject?.uuid
  if (orderUuid === null || person === undefined) return []
  const invites = await knownInvites(sql, entry, orderUuid)
  return invites.filter(({ tenantUuid }) => tenantUuid === person).map(({ uuid }) => uuid)
}

/** Whoever has followed an invitation is not listed among them any more, but among the bill payers. */
async function lookForSignedUp(
  look: Look<'invites.create'>,
  { order_id, phone }: { order_id: string; phone: string },
): Promise<Sight> {
  const { value: tenants } = await look.read('tenants.list', { order_id })
  const candidates = tenants.filter(tenant => tenant.phone === phone).map(({ id }) => ({ id, sure: true }))
  const weighed = await weigh(look, { kind: 'tenant', candidates, isRival: () => false })
  return weighed.seen === 'it' ? { seen: 'it', providerIds: [] } : weighed
}

/** Inviting somebody answers no id either: the invitation is known again by its phone. */
export const lookForInvite: Lookup<'invites.create'> = async (look, { order_id, invite: { phone } }) => {
  const { value: listed } = await look.read('invites.list', { order_id })
  const candidates = listed.filter(invite => invite.phone === phone).map(({ id }) => ({ id, sure: true }))
  if (candidates.length === 0) return lookForSignedUp(look, { order_id, phone })
  const alsoOurs = await invitesOf(look.sql, look.entry)
  const weighed = await weigh(look, { kind: 'invite', candidates, isRival: () => false, alsoOurs })
  if (weighed.seen === 'nothing')
    return doubt('The provider lists an earlier invitation to this phone; it may have sent that one again.')
  if (weighed.seen === 'doubt') return weighed
  if (await hasNamesake(look.sql, look.entry, person => person.phone === phone)) return NAMESAKE
  const kind = look.entry.resource.prefix === 'invite' ? { kind: 'invite' } : {}
  return { seen: 'it', providerIds: [weighed.candidate.id], ...kind }
}

/** Somebody who is not listed any more has been removed. */
export const lookForRemoval: Lookup<'tenants.delete'> = async (look, { order_id, tenant_id }) => {
  const { value: listed } = await look.read('tenants.list', { order_id })
  const isThere = listed.some(({ id }) => id === tenant_id)
  return isThere ? { seen: 'nothing' } : { seen: 'it', providerIds: [] }
}

/** Somebody whom the provider does not list any more shows no change. */
export const lookForChange: Lookup<'tenants.update'> = async (look, { order_id, tenant_id, changes }) => {
  const { value: listed } = await look.read('tenants.list', { order_id })
  const tenant = listed.find(({ id }) => id === tenant_id)
  if (!tenant) return doubt('The provider does not list this bill payer any more.')
  return shownChange(tenant, changes, { providerIds: [tenant.id], value: tenant })
}
