import type { Preview } from '#contract/providers'
import { Mandate, type MandateChangesInput } from '#contract/tenants'
import { type Answer, respond } from '#http/answer'
import type { Call } from '#http/caller'
import { ProblemError } from '#http/problem-error'
import { changeOnce } from '#journal/change-once'
import type { NewStep } from '#journal/journal'
import type { Connection } from '#providers/call-context'
import { type ProviderMandate, replaceableMandateStatuses } from '#providers/port/mandates'
import { reachOrder } from '#resources/orders/find-order'
import { ORDER_ID } from '#resources/orders/plan-order'
import { readMandate } from '#resources/orders/tenants/get-mandate'
import { TENANT_ID } from '#resources/orders/tenants/placeholders'
import { demandSendable, previewStep } from '#journal/preview-step'
import { findTenant, reachTenant } from '#resources/orders/tenants/reach-tenant'
import { AnsweredMandate, toMandate } from '#resources/orders/tenants/record-mandate'
import { holdTenant, type TenantNames } from '#resources/orders/tenants/update-tenant'
import type { Services } from '#services'
import { refuseErased } from '#tenants/refuse-erased'

function toStep(
  connection: Connection,
  { bank_account }: MandateChangesInput,
  ids = { order_id: ORDER_ID, tenant_id: TENANT_ID },
): NewStep {
  return { operation: 'mandates.update', connection, input: { ...ids, bank_account } }
}

/** What new bank details would send; the mandate, which is read first, is not. Sends and stores nothing. */
export async function previewMandateChange(
  services: Services,
  call: Call,
  { orderId, tenantId }: TenantNames,
  body: MandateChangesInput,
): Promise<Preview> {
  const { order, connection, providerOrderId } = await reachOrder(services, call, orderId, 'mandates.update')
  const { tenant } = await findTenant(services.database.sql, call, order.id, tenantId)
  refuseErased(tenant)
  const ids = { order_id: providerOrderId, tenant_id: tenant.provider_ids[0] ?? TENANT_ID }
  return previewStep(services, call, toStep(connection, body, ids))
}

/** A bank account can only be given anew where none is debited (chapter "Update Tenant Mandate" of Homebox). */
function demandReplaceable({ status, provider_status }: ProviderMandate): void {
  if (replaceableMandateStatuses.some(replaceable => replaceable === status)) return
  throw new ProblemError(
    'state_conflict',
    `The mandate is ${provider_status}; a new bank account is taken only while it is ${replaceableMandateStatuses.join(', ')}.`,
  )
}

/** Gives the provider another bank account to debit, where its mandate allows it. */
export async function updateMandate(
  services: Services,
  call: Call,
  names: TenantNames,
  body: MandateChangesInput,
): Promise<Answer> {
  const reachable = await reachTenant(services, call, names, 'mandates.update')
  const { uuid, tenant } = reachable.stored
  refuseErased(tenant)
  const step = toStep(reachable.connection, body)
  await demandSendable(services, call, step)
  const { value } = await readMandate(services, call, reachable)
  demandReplaceable(value)
  return changeOnce(services, call, {
    resource: { prefix: 'tenant', uuid },
    step,
    hold: tx => holdTenant(tx, call, uuid),
    done: async (_tx, answered) =>
      respond(Mandate, toMandate(AnsweredMandate.parse(answered), call.caller, uuid)),
  })
}
