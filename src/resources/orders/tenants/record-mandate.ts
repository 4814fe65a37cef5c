import { z } from 'zod'
import { type Mandate, MandateStatus } from '#contract/tenants'
import type { Tx } from '#db/tx'
import { appendEvent } from '#events/append-event'
import type { Caller } from '#http/caller'
import { wakeWatch } from '#mappings/watches'
import { lockTenant, setMandateStatus } from '#resources/orders/tenants/store'
import { idFromUuid } from '#values/ids'

/** A mandate as a provider answers it. */
export const AnsweredMandate = z.object({
  account_name: z.string().nullable(),
  status: MandateStatus,
  provider_status: z.string(),
})
export type AnsweredMandate = z.output<typeof AnsweredMandate>

export function toMandate(
  answered: AnsweredMandate,
  { mode }: Pick<Caller, 'mode'>,
  tenantUuid: string,
): Mandate {
  return { object: 'mandate', mode, tenant_id: idFromUuid('tenant', tenantUuid), ...answered }
}

/**
 * Stores the state of a tenant's mandate, and tells of a change. `readAt`: when it was asked for; what is known of the
 * tenant since then is newer.
 */
export async function recordMandate(
  tx: Tx,
  scope: Pick<Caller, 'accountId' | 'mode'>,
  uuid: string,
  {
    status,
    provider_status,
    at,
    readAt = at,
  }: Pick<AnsweredMandate, 'status' | 'provider_status'> & { at: Date; readAt?: Date },
): Promise<void> {
  const tenant = await lockTenant(tx, scope, uuid)
  if (!tenant || tenant.mandate_status === status || tenant.updated_at > readAt) return
  setMandateStatus(tx, scope, uuid, { status, at })
  // Of an old order the mandate is only watched while it is not active.
  wakeWatch(tx, { accountId: scope.accountId, uuid, kind: 'mandate' }, at)
  appendEvent(tx, {
    accountId: scope.accountId,
    mode: scope.mode,
    type: 'tenant.mandate_changed',
    resource: { prefix: 'tenant', uuid },
    data: {
      id: idFromUuid('tenant', uuid),
      order_id: idFromUuid('order', tenant.order_id),
      status,
      previous_status: tenant.mandate_status,
      provider_status,
    },
    at,
  })
}
