import type { Preview } from '#contract/providers'
import { Tenant, type TenantInput } from '#contract/tenants'
import { type Answer, respond } from '#http/answer'
import type { Call } from '#http/caller'
import { notFound } from '#http/problem-error'
import { createOnce, type Creation } from '#journal/create-once'
import type { NewStep } from '#journal/journal'
import { type ReachableOrder, reachOrder } from '#resources/orders/find-order'
import { ORDER_ID, toTenantDraft } from '#resources/orders/plan-order'
import { lockOrderRow } from '#resources/orders/store'
import { recordPeople, tryReadPeople } from '#resources/orders/tenants/match-people'
import { demandSendable, previewStep } from '#journal/preview-step'
import { demandOnePayer } from '#resources/orders/tenants/demand-one-payer'
import { nextPosition } from '#resources/orders/tenants/store'
import { toNewTenant } from '#resources/orders/write-order'
import { demandBornBefore } from '#tenants/born-before'
import type { Services } from '#services'
import { findTenantOfOrder, insertTenant } from '#tenants/store'
import { idFromUuid, newUuid, uuidOf } from '#values/ids'

/** Whoever gives a bank account is added as bill payer; whoever does not is invited by SMS to sign up. */
function toStep(
  { connection, providerBranchId }: ReachableOrder,
  tenant: TenantInput,
  orderId: string,
): NewStep {
  const { first_name, last_name, phone, bank_account } = tenant
  if (bank_account) {
    const input = { order_id: orderId, tenant: toTenantDraft(tenant, bank_account) }
    return { operation: 'tenants.create', connection, input }
  }
  const input = { order_id: orderId, branch_id: providerBranchId, invite: { first_name, last_name, phone } }
  return { operation: 'invites.create', connection, input }
}

/** Throws what `demandBornBefore`, `reachOrder` and `demandOnePayer` throw. */
async function reach(
  services: Services,
  call: Call,
  orderId: string,
  tenant: TenantInput,
): Promise<ReachableOrder> {
  demandBornBefore(services, '/date_of_birth', tenant.date_of_birth)
  const operation = tenant.bank_account ? 'tenants.create' : 'invites.create'
  const reachable = await reachOrder(services, call, orderId, operation)
  const candidate = { orderUuid: reachable.order.id, person: tenant, uuid: null }
  await demandOnePayer(services.database.sql, call, candidate)
  return reachable
}

/** What adding or inviting a tenant would send. Sends and stores nothing. */
export async function previewTenant(
  services: Services,
  call: Call,
  orderId: string,
  tenant: TenantInput,
): Promise<Preview> {
  const reachable = await reach(services, call, orderId, tenant)
  return previewStep(services, call, toStep(reachable, tenant, reachable.providerOrderId))
}

function toCreation(
  services: Services,
  call: Call,
  reachable: ReachableOrder,
  tenant: TenantInput,
): Creation {
  const uuid = newUuid()
  const { order } = reachable
  const step = toStep(reachable, tenant, ORDER_ID)
  return {
    resource: { prefix: 'tenant', uuid },
    step,
    writeDown: async tx => {
      await lockOrderRow(tx, call.caller, order.id)
      await demandOnePayer(tx, call, { orderUuid: order.id, person: tenant, uuid: null })
      const position = await nextPosition(tx, call.caller, order.id)
      const place = { uuid, orderUuid: order.id, position, at: services.now() }
      insertTenant(tx, call.caller, toNewTenant(tenant, place))
    },
    learn: async () => {
      const list = step.operation === 'tenants.create' ? 'tenants' : 'invites'
      const people = await tryReadPeople(services, call, reachable, [list])
      return async tx => {
        if (people) await recordPeople(tx, services, call, reachable, people)
      }
    },
  }
}

/**
 * Adds somebody to an order as bill payer, or invites them: written down first, sent once. Throws problems for what is
 * wrong with the request itself, before anything is stored.
 */
export function createTenant(
  services: Services,
  call: Call,
  orderId: string,
  tenant: TenantInput,
): Promise<Answer> {
  return createOnce(services, call, {
    prepare: async () => {
      const reachable = await reach(services, call, orderId, tenant)
      await demandSendable(services, call, toStep(reachable, tenant, ORDER_ID))
      return toCreation(services, call, reachable, tenant)
    },
    show: async (sql, uuid) => {
      const stored = await findTenantOfOrder(sql, call.caller, uuidOf('order', orderId), uuid)
      if (!stored) throw notFound('tenant')
      const location = `/v1/orders/${orderId}/tenants/${idFromUuid('tenant', uuid)}`
      return respond(Tenant, stored.tenant, { status: 201, headers: { location } })
    },
  })
}
