import { z } from 'zod'
import type { Endpoint } from '#simulators/core/endpoint'
import { notFound, read } from '#simulators/homebox/dialect'
import { statusOf } from '#simulators/homebox/order-json'
import type { HomeboxContext } from '#simulators/homebox/state'
import { isPlainDate, plainDateOf } from '#values/dates'

interface Days {
  readonly from: string
  readonly to: string
}

interface Metric {
  readonly name: string
  readonly description: string
  readonly count: (context: HomeboxContext, days: Days) => number
  /** How it stands now: it takes no range. */
  readonly timeless?: true
}

const isIn = ({ from, to }: Days, instant: string | null) => {
  const day = instant?.slice(0, 10) ?? ''
  return day >= from && day <= to
}

const paymentsIn =
  (status: string) =>
  ({ orders }: HomeboxContext, days: Days) =>
    orders
      .all()
      .flatMap(order => order.payments)
      .filter(payment => payment.status === status && isIn(days, payment.created_at)).length

const ordersNow =
  (word: string) =>
  ({ orders, clock }: HomeboxContext) =>
    orders.all().filter(order => statusOf(order, clock()).text === word).length

/** Chapter "Metrics", in its words; the path of each behind `/metrics/`. */
const metrics: Readonly<Record<string, Metric>> = {
  'orders/new': {
    name: 'New Orders',
    description: 'This is the number of new orders for bills packages you have received this month so far.',
    count: ({ orders }, days) => orders.all().filter(order => isIn(days, order.created_at)).length,
  },
  'orders/approval': {
    name: 'Approval Orders',
    description:
      'Shows the total number of orders that are currently awaiting approval from the Homebox team.',
    count: ordersNow('Awaiting Approval'),
    timeless: true,
  },
  'orders/active': {
    name: 'Active Orders',
    description: 'Shows the total number of orders that are currently active and are paying each month.',
    count: ordersNow('Active'),
    timeless: true,
  },
  'payments/failed': {
    name: 'Failed Payments',
    description: 'Shows the number of payments which have failed.',
    count: paymentsIn('failed'),
  },
  'payments/pending': {
    name: 'Pending Payments',
    description: 'Shows the number of pending payments.',
    count: paymentsIn('pending'),
  },
  'payments/successful': {
    name: 'Successful Payments',
    description: 'Shows the number of payments which have succeeded.',
    count: paymentsIn('success'),
  },
  'leads/new': {
    name: 'New Leads',
    description: 'Shows the number of properties you have submitted for utility notifications.',
    count: ({ leads }, days) => leads.all().filter(lead => isIn(days, lead.created_at)).length,
  },
  'leads/orders': {
    name: 'Orders from Leads',
    description: 'Shows the number of properties that have signed up a bills package as a result of a lead.',
    count: ({ leads, orders }, days) => {
      const led = new Set(leads.all().flatMap(({ property }) => (property ? [property.id] : [])))
      const made = orders.all().filter(order => isIn(days, order.created_at) && led.has(order.property.id))
      return new Set(made.map(order => order.property.id)).size
    },
  },
  'notifications/completed': {
    name: 'Notifications Completed',
    description: 'Shows the number of properties where utility notifications have been completed.',
    count: ({ leads }, days) => leads.all().filter(lead => isIn(days, lead.completed_at)).length,
  },
}

const Day = z.string().refine(isPlainDate, { error: 'The :attribute field must match the format Y-m-d.' })
const Range = z.strictObject({ from: Day.optional(), to: Day.optional() })
const NoRange = z.strictObject({})

export function metricsEndpoint(context: HomeboxContext): Endpoint {
  return {
    operation: 'metrics.get',
    method: 'GET',
    path: '/api/partner/metrics/:kind/:metric',
    effect: 'none',
    takesQuery: true,
    renamed: ['value', 'figure'],
    accept: ({ params, query }) => {
      const path = `${params['kind']}/${params['metric']}`
      const metric = Object.hasOwn(metrics, path) ? metrics[path] : undefined
      if (!metric) throw notFound()
      const today = plainDateOf(context.clock())
      const { from, to } = metric.timeless
        ? { ...read(NoRange, query), from: undefined, to: undefined }
        : read(Range, query)
      const days = { from: from ?? `${today.slice(0, 8)}01`, to: to ?? today }
      const { name, description, count } = metric
      const apply = () => {
        const value = String(count(context, days))
        return {
          status: 200,
          body: { data: { name, description, value, prefix: null, suffix: null, formatted: value } },
        }
      }
      return { triggers: [], apply }
    },
  }
}
