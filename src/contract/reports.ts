import { z } from 'zod'
import { Mode, PlainDate, ProviderId } from '#contract/vocabulary'

export const reportMetrics = [
  'orders_new',
  'orders_approval',
  'orders_active',
  'payments_failed',
  'payments_pending',
  'payments_successful',
  'leads_new',
  'leads_orders',
  'notifications_completed',
] as const
export const ReportMetric = z.enum(reportMetrics)
export type ReportMetric = z.infer<typeof ReportMetric>

/** What these count is how it stands now, whenever it came about. */
export const timelessMetrics: readonly ReportMetric[] = ['orders_approval', 'orders_active']

export const ReportQuery = z
  .strictObject({
    from: PlainDate.exactOptional().meta({
      description: 'First day, UTC; the first of this month when absent.',
    }),
    to: PlainDate.exactOptional().meta({ description: 'Last day, UTC, inclusive; today when absent.' }),
    provider: ProviderId.exactOptional(),
  })
  .refine(({ from, to }) => from !== undefined || to === undefined, {
    path: ['from'],
    error: 'is required with to',
    params: { code: 'required' },
  })
  .refine(({ from, to }) => from === undefined || to === undefined || from <= to, {
    path: ['to'],
    error: 'must not be before from',
    params: { code: 'end_before_start' },
  })

export const ReportParams = z.strictObject({ metric: ReportMetric })

export const Report = z
  .object({
    object: z.literal('report'),
    mode: Mode,
    metric: ReportMetric,
    from: z.string().nullable().meta({ description: 'Null for what counts how it stands now.' }),
    to: z.string().nullable(),
    provider: ProviderId,
    value: z.number().nullable().meta({ description: "The provider's figure; null when it is no number." }),
    name: z.string().nullable(),
    description: z.string().nullable(),
    prefix: z.string().nullable(),
    suffix: z.string().nullable(),
    formatted: z.string().nullable().meta({ description: 'The figure as the provider writes it.' }),
    gateway: z
      .object({
        total: z.int(),
        by_provider: z.array(z.object({ provider: ProviderId, count: z.int() })),
      })
      .meta({ description: "The gateway's own count of the same period, at every provider." }),
    difference: z
      .number()
      .nullable()
      .meta({ description: "The provider's figure less the gateway's count at that provider." }),
  })
  .meta({
    id: 'Report',
    description: "One figure of a provider beside the gateway's own count, so that a difference shows.",
  })
export type Report = z.infer<typeof Report>
