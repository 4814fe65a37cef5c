import { z } from 'zod'
import type { ReportMetric } from '#contract/reports'
import { type Mode, ProviderId } from '#contract/vocabulary'
import type { Sql } from '#db/tx'

type Scope = { readonly accountId: string; readonly mode: Mode }

/** Instants from `since` on and before `until`. */
export interface Period {
  readonly since: Date
  readonly until: Date
}

const OURS = 'account_id = $1 AND mode = $2'
const IN_PERIOD = '>= $3 AND created_at < $4'

const ordersNow = (status: string) => `
  SELECT provider, count(*) AS count FROM orders
  WHERE ${OURS} AND status = '${status}' GROUP BY provider`

const paymentsSeen = (status: string) => `
  SELECT provider, count(*) AS count FROM seen_payments
  WHERE ${OURS} AND status = '${status}' AND seen_at >= $3 AND seen_at < $4 GROUP BY provider`

/** What each metric counts with us, by provider. */
const COUNTS: Readonly<Record<ReportMetric, string>> = {
  orders_new: `
    SELECT provider, count(*) AS count FROM orders WHERE ${OURS} AND created_at ${IN_PERIOD} GROUP BY provider`,
  orders_approval: ordersNow('pending'),
  orders_active: ordersNow('active'),
  payments_failed: paymentsSeen('failed'),
  payments_pending: paymentsSeen('pending'),
  payments_successful: paymentsSeen('succeeded'),
  leads_new: `
    SELECT provider, count(DISTINCT lead_id) AS count FROM lead_submissions
    WHERE ${OURS} AND lead_id IN (SELECT id FROM leads WHERE ${OURS} AND created_at ${IN_PERIOD}) GROUP BY provider`,
  leads_orders: `
    SELECT provider, count(DISTINCT property_id) AS count FROM orders
    WHERE ${OURS} AND created_at ${IN_PERIOD} AND EXISTS (
      SELECT 1 FROM leads WHERE leads.account_id = orders.account_id AND leads.mode = orders.mode
        AND leads.property_id = orders.property_id AND leads.created_at <= orders.created_at)
    GROUP BY provider`,
  notifications_completed: `
    SELECT provider, count(*) AS count FROM lead_submissions
    WHERE ${OURS} AND completed_at >= $3 AND completed_at < $4 GROUP BY provider`,
}

const Row = z.object({ provider: ProviderId, count: z.coerce.number() })

/** The gateway's own count of a metric at each provider where there is any; `null` for one that has no period. */
export async function countOf(
  sql: Sql,
  scope: Scope,
  metric: ReportMetric,
  period: Period | null,
): Promise<z.output<typeof Row>[]> {
  const values = [scope.accountId, scope.mode, ...(period ? [period.since, period.until] : [])]
  const { rows } = await sql.query(`${COUNTS[metric]} ORDER BY provider`, values)
  return z.array(Row).parse(rows)
}
