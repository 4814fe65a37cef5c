import { z } from 'zod'
import type { ReportMetric } from '#contract/reports'
import { OptionalText } from '#providers/answer-schemas'
import type { HomeboxClient } from '#providers/homebox/client'
import { dataObject } from '#providers/homebox/dialect'
import type { Implements } from '#providers/port/index'
import type { ProviderReport } from '#providers/port/reports'
import { withoutNulls } from '#providers/port/sendable'

const Metric = z.object({
  name: OptionalText,
  description: OptionalText,
  value: z.union([z.string(), z.number()]),
  prefix: OptionalText,
  suffix: OptionalText,
  formatted: OptionalText,
})
const MetricAnswer = z.object({ data: dataObject(Metric) })

const PATHS: Readonly<Record<ReportMetric, string>> = {
  orders_new: '/api/partner/metrics/orders/new',
  orders_approval: '/api/partner/metrics/orders/approval',
  orders_active: '/api/partner/metrics/orders/active',
  payments_failed: '/api/partner/metrics/payments/failed',
  payments_pending: '/api/partner/metrics/payments/pending',
  payments_successful: '/api/partner/metrics/payments/successful',
  leads_new: '/api/partner/metrics/leads/new',
  leads_orders: '/api/partner/metrics/leads/orders',
  notifications_completed: '/api/partner/metrics/notifications/completed',
}

/** Chapter "Metrics": days are sent as `YYYY-MM-DD`. */
export const homeboxReports = {
  'reports.get': async (client, { metric, from, to }) => {
    const target = { path: PATHS[metric], query: withoutNulls({ from, to }) }
    return fromHomeboxMetric((await client.get(target, MetricAnswer)).data)
  },
} satisfies Implements<HomeboxClient>

function fromHomeboxMetric({ value, ...said }: z.output<typeof Metric>): ProviderReport {
  const text = String(value).trim().replaceAll(',', '')
  return { ...said, value: /^-?\d{1,15}(\.\d+)?$/.test(text) ? Number(text) : null }
}
