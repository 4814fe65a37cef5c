import type { ReportMetric } from '#contract/reports'

/** One figure as the provider states it; what it does not say is null. */
export interface ProviderReport {
  readonly name: string | null
  readonly description: string | null
  /** Null when it is no number. */
  readonly value: number | null
  readonly prefix: string | null
  readonly suffix: string | null
  readonly formatted: string | null
}

export interface ReportOperations {
  /** Without `from`, the month to date; without `to`, up to today. Both days count. */
  'reports.get': (by: {
    metric: ReportMetric
    from: string | null
    to: string | null
  }) => Promise<ProviderReport>
}
