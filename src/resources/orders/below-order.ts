import { z } from 'zod'
import { idOf, SingleQuery } from '#contract/vocabulary'
import { Operation } from '#contract/operations'
import type { ProblemCode } from '#contract/problems'

export const OrderParams = z.strictObject({ order_id: idOf('order') })
export const TenantParams = OrderParams.extend({ tenant_id: idOf('tenant') })

export const RefreshQuery = SingleQuery.extend({
  refresh: z
    .enum(['true', 'false'])
    .exactOptional()
    .meta({ description: '`true` reads at the provider first.' }),
})

/** What a reader wishes for besides the resource itself. */
export function wishesOf({ refresh, include }: z.output<typeof RefreshQuery>) {
  return { refresh: refresh === 'true', withProviderData: include === 'provider_data' }
}

/** What any call to the order's provider can end in. */
export const FROM_PROVIDER: readonly ProblemCode[] = [
  'capability_not_supported',
  'provider_auth_failed',
  'provider_error',
  'provider_not_connected',
  'provider_rejected',
  'provider_timeout',
  'provider_unavailable',
  'state_conflict',
]
export const WITH_KEY: readonly ProblemCode[] = ['idempotency_conflict', 'idempotency_mismatch']

/** The 202 of everything below an order that is done once and never again. */
export const NOT_KNOWN = {
  description: 'It is not known whether the provider has done it: the operation, to be followed.',
  schema: Operation,
}
