import { describe, expect, it } from 'vitest'
import { homebox } from '#providers/homebox/index'
import { fixture } from '#test/fixture'
import { recordingUpstream } from '#test/recording-upstream'

const { operations } = homebox
const headers = { accept: 'application/json', authorization: 'Bearer sandbox-token' }
function connect(answer: unknown) {
  const upstream = recordingUpstream(answer)
  return { upstream, client: homebox.connect({ token: 'sandbox-token' }, upstream) }
}

describe('reports of Homebox', () => {
  it.each([
    ['orders_new', 'orders/new'],
    ['orders_approval', 'orders/approval'],
    ['orders_active', 'orders/active'],
    ['payments_failed', 'payments/failed'],
    ['payments_pending', 'payments/pending'],
    ['payments_successful', 'payments/successful'],
    ['leads_new', 'leads/new'],
    ['leads_orders', 'leads/orders'],
    ['notifications_completed', 'notifications/completed'],
  ] as const)('%s are read at %s', async (metric, path) => {
    const { upstream, client } = connect(fixture('homebox', 'reports.get.ok'))
    const report = await operations['reports.get'](client, { metric, from: null, to: null })
    expect(report).toEqual({
      name: 'New Orders',
      description: expect.stringContaining('new orders'),
      value: 0,
      prefix: null,
      suffix: null,
      formatted: '0',
    })
    const request = { method: 'GET', path: `/api/partner/metrics/${path}`, query: {}, headers }
    expect(upstream.requests).toEqual([request])
  })

  it.each([
    ['2019-01-01', '2020-01-01', { from: '2019-01-01', to: '2020-01-01' }],
    ['2019-01-01', null, { from: '2019-01-01' }],
  ])('are asked for from %s to %s', async (from, to, query) => {
    const { upstream, client } = connect(fixture('homebox', 'reports.get.ok'))
    await operations['reports.get'](client, { metric: 'orders_new', from, to })
    expect(upstream.requests[0]?.query).toEqual(query)
  })

  it.each([
    ['12', 12],
    [7, 7],
    ['1,204', 1204],
    ['101.5', 101.5],
    ['n/a', null],
  ])('read the figure %s as %s', async (value, expected) => {
    const { client } = connect({ data: { value } })
    const report = await operations['reports.get'](client, { metric: 'leads_new', from: null, to: null })
    expect(report.value).toBe(expected)
  })
})
