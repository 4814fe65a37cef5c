import type { z } from 'zod'
import { chooseProvider } from '#connections/choose-provider'
import { readAtProvider } from '#connections/read-at-provider'
import { type Report, type ReportMetric, type ReportQuery, timelessMetrics } from '#contract/reports'
import type { Call } from '#http/caller'
import { invalid } from '#http/problem-error'
import { countOf, type Period } from '#resources/reports/store'
import type { Services } from '#services'
import { addDays, plainDateOf } from '#values/dates'

type Query = z.output<typeof ReportQuery>

/** Days of a report, both inclusive, UTC: the month to date where they are not given. */
function daysOf({ from, to }: Query, now: Date) {
  const today = plainDateOf(now)
  return { from: from ?? `${today.slice(0, 8)}01`, to: to ?? today }
}

function periodOf({ from, to }: ReturnType<typeof daysOf>): Period {
  return { since: new Date(from), until: addDays(new Date(to), 1) }
}

/** How it stands now has no period (chapter "Metrics"). Throws `validation_failed`. */
function demandNoDays({ from, to }: Query): void {
  const wrong = Object.entries({ from, to })
    .filter(([, day]) => day !== undefined)
    .map(([name]) => ({
      pointer: `/query/${name}`,
      code: 'not_allowed',
      message: 'cannot be given: this counts how it stands now',
    }))
  if (wrong.length > 0) throw invalid(...wrong)
}

/**
 * One figure of a provider, read there, beside the gateway's own count of the same days. Throws `validation_failed`,
 * `capability_not_supported`, `provider_not_connected` and ProviderError.
 */
export async function getReport(
  services: Services,
  call: Call,
  metric: ReportMetric,
  query: Query,
): Promise<Report> {
  const isTimeless = timelessMetrics.includes(metric)
  if (isTimeless) demandNoDays(query)
  const provider = chooseProvider('reports.get', query.provider)
  const connection = services.connections.own(call.caller, provider)
  const days = isTimeless ? null : daysOf(query, services.now())
  const asked = { metric, from: query.from ?? null, to: query.to ?? null }
  const [{ value: report }, by_provider] = await Promise.all([
    readAtProvider(services, call, { connection }, 'reports.get', asked),
    countOf(services.database.sql, call.caller, metric, days && periodOf(days)),
  ])
  const total = by_provider.reduce((sum, { count }) => sum + count, 0)
  const there = by_provider.find(counted => counted.provider === provider)?.count ?? 0
  return {
    object: 'report',
    mode: call.caller.mode,
    metric,
    ...(days ?? { from: null, to: null }),
    provider,
    ...report,
    gateway: { total, by_provider },
    difference: report.value === null ? null : report.value - there,
  }
}
