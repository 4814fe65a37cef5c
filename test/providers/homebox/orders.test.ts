import { describe, expect, it } from 'vitest'
import { homebox } from '#providers/homebox/index'
import { orderStateOf } from '#providers/homebox/order-rows'
import { fixture } from '#test/fixture'
import { recordingUpstream } from '#test/recording-upstream'

const { operations } = homebox
const headers = { accept: 'application/json', authorization: 'Bearer sandbox-token' }
function connect(...answers: readonly unknown[]) {
  const upstream = recordingUpstream(...answers)
  return { upstream, client: homebox.connect({ token: 'sandbox-token' }, upstream) }
}
const paths = ({ requests }: { requests: readonly { path: string; params?: object }[] }) =>
  requests.map(request => [request.path, request.params])

describe('reading orders at Homebox', () => {
  it('lists them page by page, each as the contract speaks', async () => {
    const { upstream, client } = connect(fixture('homebox', 'orders.list.ok'))
    const page = await operations['orders.list'](client, { page: 3, branch_id: null })
    expect(upstream.requests).toEqual([
      { method: 'GET', path: '/api/partner/order', params: {}, query: { page: '3' }, headers },
    ])
    expect(page).toEqual({
      pages: null,
      total: 1,
      items: [
        {
          id: '21',
          reference: 'HOMEBOX1',
          product: 'tenant_package',
          state: 'active',
          provider_status: 'Active',
          package_id: '2',
          package_name: 'Bronze',
          add_ons: ['35'],
          lead_id: '23',
          occupants: 1,
          bill_payers: 1,
          tenancy: { start_date: '2024-05-20', end_date: '2050-12-31', move_in_date: '2024-05-20' },
          address: {
            line_1: '123 Test Lane',
            line_2: null,
            city: 'London',
            county: 'Greater London',
            postcode: 'EC1V 2NX',
          },
          created_at: '2024-05-20T09:26:30.000Z',
        },
      ],
    })
  })

  it("lists a branch's, which say less", async () => {
    const { upstream, client } = connect(fixture('homebox', 'orders.list.branch'))
    const page = await operations['orders.list'](client, { page: 1, branch_id: '30' })
    expect(paths(upstream)).toEqual([['/api/partner/child/{child_id}/orders', { child_id: '30' }]])
    expect(page).toMatchObject({
      pages: 1,
      total: 1,
      items: [{ id: '26', reference: null, address: null, created_at: null, add_ons: [] }],
    })
  })

  it('gets one, of a branch through the branch', async () => {
    const row = { data: { id: 21, reference: 'HOMEBOX1' } }
    const { upstream, client } = connect(row, row)
    await operations['orders.get'](client, { order_id: '21', branch_id: null })
    await operations['orders.get'](client, { order_id: '21', branch_id: '30' })
    expect(paths(upstream)).toEqual([
      ['/api/partner/order/{order_id}', { order_id: '21' }],
      ['/api/partner/child/{child_id}/order/{order_id}', { order_id: '21', child_id: '30' }],
    ])
  })

  it('knows the package of a partner and the custom one by their words', async () => {
    const row = (household: object, name: string) => ({ id: 1, household, package: name })
    const partner = { responsibility: 'Partner Package' }
    const tenant = { responsibility: 'Tenant Package' }
    const data = [row(partner, 'Bronze'), row(tenant, 'Custom'), row({ responsibility: 'Other' }, 'Gold')]
    const { client } = connect({ data })
    const page = await operations['orders.list'](client, { page: 1, branch_id: null })
    expect(page.items.map(order => order.product)).toEqual(['partner_package', 'custom_package', null])
  })
})

describe('the state of an order', () => {
  it.each([
    [10, 'Bills Being Setup', 'pending'],
    [null, 'Bills Being Setup', 'pending'],
    [7, 'Awaiting Approval', 'pending'],
    [4, 'Active', 'active'],
    [null, 'active', 'active'],
    [12, 'Cancelled by partner', 'cancelled'],
    [13, 'Completed', 'ended'],
    [13, 'Expired', 'ended'],
    [99, 'Reactivated', null],
    [null, null, null],
  ] as const)('with id %j and word %j is %j', (id, word, state) => {
    expect(orderStateOf(id, word)).toBe(state)
  })
})

describe('finding an order by our reference', () => {
  const by = {
    reference: 'order_1',
    tenancy: { start_date: '2019-10-01', end_date: '2020-10-01' },
    branch_id: null,
  }
  const row = (id: number, reference: string | null, start = '2019-10-01') => ({
    id,
    reference,
    household: { tenancy_start: start, tenancy_end: '2020-10-01' },
  })

  it('reads on until it is there', async () => {
    const first = { data: [row(1, 'order_0')], meta: { order_count: 3 } }
    const second = { data: [row(2, 'order_1')], meta: { order_count: 3 } }
    const { upstream, client } = connect(first, second)
    expect(await operations['orders.find'](client, by)).toMatchObject({ id: '2', reference: 'order_1' })
    expect(upstream.requests.map(request => request.query)).toEqual([{ page: '1' }, { page: '2' }])
  })

  it.each([
    ['at the count of orders', [{ data: [row(1, 'a')], meta: { order_count: 1 } }]],
    ['at an empty page', [{ data: [row(1, 'a')] }, { data: [] }]],
    ['at the last page', [{ data: [row(1, 'a')], meta: { last_page: 1, total: 9 } }]],
    ['when the first page comes again', [{ data: [row(1, 'a')] }, { data: [row(1, 'a')] }]],
  ])('is sure that there is none %s', async (_, answers) => {
    const { upstream, client } = connect(...answers)
    expect(await operations['orders.find'](client, by)).toBeNull()
    expect(upstream.requests).toHaveLength(answers.length)
  })

  it('is never sure of a list without an end', async () => {
    const pages = Array.from({ length: 500 }, (_, index) => ({ data: [row(index, 'a')] }))
    const { client } = connect(...pages)
    await expect(operations['orders.find'](client, by)).rejects.toMatchObject({
      facts: { code: 'provider_error' },
    })
  })

  it("reads a branch's orders with these dates one by one, since their list names no reference", async () => {
    const own = { data: [row(1, 'a')], meta: { order_count: 1 } }
    const branch = {
      data: [row(5, null, '2018-10-01'), row(6, null), row(7, null)],
      meta: { page_count: 1 },
    }
    const { upstream, client } = connect(own, branch, { data: row(6, 'a') }, { data: row(7, 'order_1') })
    const found = await operations['orders.find'](client, { ...by, branch_id: '30' })
    expect(found?.id).toBe('7')
    expect(paths(upstream)).toEqual([
      ['/api/partner/order', {}],
      ['/api/partner/child/{child_id}/orders', { child_id: '30' }],
      ['/api/partner/order/{order_id}', { order_id: '6' }],
      ['/api/partner/order/{order_id}', { order_id: '7' }],
    ])
  })
})

describe('scanning for a partner package whose answer was lost', () => {
  const traces = {
    product: 'partner_package',
    address: { line_1: '5 Media Exchange', line_2: 'Coquet Street', postcode: 'NE1 2QB' },
    tenancy: { start_date: '2026-09-01', end_date: '2027-08-31' },
    created_after: '2026-08-01T09:30:00.500Z',
  } as const
  const house = {
    address_line1: '5, Media Exchange',
    address_line2: 'coquet street',
    address_postcode: 'NE12QB',
  }
  const row = (id: number, household: object = {}, different: object = {}) => ({
    id,
    household: {
      responsibility: 'Partner Package',
      tenancy_start: '2026-09-01T00:00:00.000000Z',
      tenancy_end: '2027-08-31T00:00:00.000000Z',
      address: house,
      ...household,
    },
    created_at: '2026-08-01T09:30:00.000000Z',
    ...different,
  })
  async function scan(...data: object[]) {
    const { client } = connect({ data, meta: { order_count: data.length } })
    const found = await operations['orders.scan'](client, traces)
    return found.map(({ order, same_address }) => [order.id, same_address])
  }

  it('finds it by dates and normalised address, created in the very second of the attempt', async () => {
    expect(await scan(row(1), row(2))).toEqual([
      ['1', true],
      ['2', true],
    ])
  })

  it('leaves out what it cannot be', async () => {
    const others = [
      row(1, { responsibility: 'Tenant Package' }),
      row(2, { tenancy_end: '2027-08-30' }),
      row(3, { address: { ...house, address_postcode: 'NE1 2QA' } }),
      row(4, {}, { created_at: '2026-08-01T09:29:59.000000Z' }),
    ]
    expect(await scan(...others)).toEqual([])
  })

  it('shows as doubtful what agrees in all but the lines of the address', async () => {
    const flat = row(1, { address: { ...house, address_line1: 'Flat 5, Media Exchange' } })
    expect(await scan(flat, row(2, { address: {} }))).toEqual([
      ['1', false],
      ['2', false],
    ])
  })
})
