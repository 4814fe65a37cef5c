import type { FastifyInstance } from 'fastify'
import { Report, ReportParams, ReportQuery } from '#contract/reports'
import { respond } from '#http/answer'
import { endpoint } from '#http/endpoint'
import { FROM_PROVIDER } from '#resources/orders/below-order'
import { operationOf } from '#resources/provider-objects/documented'
import { getReport } from '#resources/reports/get-report'
import type { Services } from '#services'

export function reportRoutes(app: FastifyInstance, services: Services): void {
  endpoint(app, {
    method: 'GET',
    path: '/v1/reports/{metric}',
    operationId: 'getReport',
    tag: 'Reports',
    summary: 'Get a report',
    description:
      "One figure of a provider, read there, beside the gateway's own count of the same days: of what was made (payments: last seen) in the period, both days inclusive, UTC; the month to date without them. `orders_approval` and `orders_active` count how it stands now and take no days. Needs a connection of your own.",
    takes: { params: ReportParams, query: ReportQuery },
    answers: { 200: { description: 'The report.', schema: Report } },
    problems: FROM_PROVIDER,
    operation: operationOf('reports.get'),
    handle: async ({ params, query }, call) =>
      respond(Report, await getReport(services, call, params.metric, query)),
  })
}
