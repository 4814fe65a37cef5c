import type { Preview } from '#contract/providers'
import { Tenant, type TenantChangesInput } from '#contract/tenants'
import type { Tx } from '#db/tx'
import { type Answer, respond } from '#http/answer'
import type { Call } from '#http/caller'
import { notFound } from '#http/problem-error'
import { changeOnce } from '#journal/change-once'
import type { NewStep } from '#journal/journal'
import type { Connection } from '#providers/call-context'
import type { TenantChanges } from '#providers/port/tenants'
import { identityOf } from '#resources/orders/check-tenants'
import { reachOrder } from '#resources/orders/find-order'
import { ORDER_ID } from '#resources/orders/plan-order'
import { TENANT_ID } from '#resources/orders/tenants/placeholders'
import { demandOnePayer } from '#resources/orders/tenants/demand-one-payer'
import { demandSendable, previewStep } from '#journal/preview-step'
import { findTenant, reachTenant } from '#resources/orders/tenants/reach-tenant'
import { lockTenant } from '#resources/orders/tenants/store'
import { toFields } from '#resources/orders/tenants/tenant-fields'
import { demandBornBefore } from '#tenants/born-before'
import type { Services } from '#services'
import { type StoredTenant, updateTenant as storeTenant } from '#tenants/store'

/** Which tenant of which order. */
export interface TenantNames {
  readonly orderId: string
  readonly tenantId: string
}

function toChanges(body: TenantChangesInput): TenantChanges {
  const { first_name, last_name, email, phone, date_of_birth, nationality } = body
  return {
    ...(first_name ? { first_name } : {}),
    ...(last_name ? { last_name } : {}),
    ...(email ? { email } : {}),
    ...(phone ? { phone } : {}),
    ...(date_of_birth ? { date_of_birth } : {}),
    ...(nationality ? { nationality } : {}),
  }
}

function toStep(
  connection: Connection,
  body: TenantChangesInput,
  ids = { order_id: ORDER_ID, tenant_id: TENANT_ID },
): NewStep {
  return { operation: 'tenants.update', connection, input: { ...ids, changes: toChanges(body) } }
}

/** A change may turn a tenant into somebody who pays already. */
async function demandStillOne(
  { database }: Services,
  call: Call,
  { uuid, orderUuid, tenant }: StoredTenant,
  body: TenantChangesInput,
): Promise<void> {
  const person = { ...tenant, ...toChanges(body) }
  if (orderUuid === null || identityOf(person) === identityOf(tenant)) return
  await demandOnePayer(database.sql, call, { orderUuid, person, uuid })
}

/** What changing a tenant would send. Sends and stores nothing. */
export async function previewTenantChange(
  services: Services,
  call: Call,
  { orderId, tenantId }: TenantNames,
  body: TenantChangesInput,
): Promise<Preview> {
  demandBornBefore(services, '/date_of_birth', body.date_of_birth)
  const { order, connection, providerOrderId } = await reachOrder(services, call, orderId, 'tenants.update')
  const stored = await findTenant(services.database.sql, call, order.id, tenantId)
  await demandStillOne(services, call, stored, body)
  const { tenant } = stored
  const ids = { order_id: providerOrderId, tenant_id: tenant.provider_ids[0] ?? TENANT_ID }
  return previewStep(services, call, toStep(connection, body, ids))
}

/** Holds a tenant's row. Throws `not_found` when they were removed meanwhile. */
export async function holdTenant(tx: Tx, call: Call, uuid: string): Promise<null> {
  const tenant = await lockTenant(tx, call.caller, uuid)
  if (!tenant || tenant.deleted_at) throw notFound('tenant')
  return null
}

/** Changes a bill payer's details at the provider, and here once it has done so. */
export async function updateTenant(
  services: Services,
  call: Call,
  names: TenantNames,
  body: TenantChangesInput,
): Promise<Answer> {
  demandBornBefore(services, '/date_of_birth', body.date_of_birth)
  const { order, connection, stored } = await reachTenant(services, call, names, 'tenants.update')
  await demandStillOne(services, call, stored, body)
  const { uuid } = stored
  const step = toStep(connection, body)
  await demandSendable(services, call, step)
  return changeOnce(services, call, {
    resource: { prefix: 'tenant', uuid },
    step,
    hold: tx => holdTenant(tx, call, uuid),
    done: async tx => {
      await storeTenant(tx, call.caller, uuid, toFields(body), services.now())
      return respond(Tenant, (await findTenant(tx, call, order.id, names.tenantId)).tenant)
    },
  })
}
