import { describe, expect, it } from 'vitest'
import { homebox } from '#providers/homebox/index'
import { fixture } from '#test/fixture'
import { recordingUpstream } from '#test/recording-upstream'

const { operations } = homebox
const headers = { accept: 'application/json', authorization: 'Bearer sandbox-token' }
const atOrder = { order_id: '31' }
const atProperty = { property_id: '71' }
const image = { path: '/tmp/x', filename: 'meter.jpg', contentType: 'image/jpeg' }
const draft = {
  at: atOrder,
  type: 'gas',
  reading: 299,
  reading_2: null,
  read_on: '2021-06-20',
  image: null,
} as const

function connect(answer: unknown) {
  const upstream = recordingUpstream(answer)
  return { upstream, client: homebox.connect({ token: 'sandbox-token' }, upstream) }
}

const documented = {
  type: 'gas',
  provider_type: 'Gas',
  reading: 299,
  reading_2: null,
  read_on: '2021-06-20',
  state: 'complete',
  provider_state: 'complete',
  supplier: null,
}

describe('meter readings at Homebox', () => {
  it('are told for an order as a form, with the picture', async () => {
    const { upstream, client } = connect(fixture('homebox', 'meter-readings.create.order'))
    const told = await operations['meter_readings.create'](client, { ...draft, image })
    expect(told).toEqual({ ...documented, id: '3', image_url: 'path/to/file.jpg' })
    expect(upstream.requests).toEqual([
      {
        method: 'POST',
        path: '/api/partner/order/{order_id}/readings',
        params: atOrder,
        headers,
        body: {
          kind: 'multipart',
          fields: { date_of_reading: '2021-06-20', reading: '299', type: 'gas' },
          files: { image },
        },
      },
    ])
  })

  it('are told for a property, of an Economy 7 meter with both figures, without a picture', async () => {
    const { upstream, client } = connect(fixture('homebox', 'meter-readings.create.property'))
    const meter = { type: 'electricity', reading_2: 117 } as const
    await operations['meter_readings.create'](client, { ...draft, ...meter, at: atProperty })
    const fields = { date_of_reading: '2021-06-20', reading: '299', reading2: '117', type: 'electric' }
    expect(upstream.requests).toMatchObject([
      {
        path: '/api/partner/property/{property_id}/readings',
        params: atProperty,
        body: { kind: 'multipart', fields, files: {} },
      },
    ])
  })

  it.each([
    [atOrder, '/api/partner/order/{order_id}/readings'],
    [atProperty, '/api/partner/property/{property_id}/readings'],
  ])('are listed at %j, page by page', async (at, path) => {
    const { upstream, client } = connect(fixture('homebox', 'meter-readings.list.ok'))
    expect(await operations['meter_readings.list'](client, { at, page: 2 })).toEqual({
      items: [{ ...documented, id: '2', image_url: null }],
      pages: null,
      total: null,
    })
    expect(upstream.requests).toEqual([{ method: 'GET', path, params: at, query: { page: '2' }, headers }])
  })

  it.each([
    [{ type: 'Electric' }, { type: 'electricity', provider_type: 'Electric' }],
    [{ type: 'Water' }, { type: 'water' }],
    [{ type: 'Heat' }, { type: 'other', provider_type: 'Heat' }],
    [{ state: 'rejected' }, { state: 'other', provider_state: 'rejected' }],
    [
      { reading: 'about 300', reading2: 117 },
      { reading: null, reading_2: 117 },
    ],
    [{ bill_provider: 'Southern Water' }, { supplier: 'Southern Water' }],
    [{ bill_provider: { id: 9, name: 'Southern Water' } }, { supplier: 'Southern Water' }],
  ])('answered with %j are read as %j', async (answered, read) => {
    const { client } = connect({ data: [{ id: 2, ...answered }] })
    const { items } = await operations['meter_readings.list'](client, { at: atOrder, page: 1 })
    expect(items).toMatchObject([read])
  })
})

describe('postal bills at Homebox', () => {
  const file = { path: '/tmp/x', filename: 'bill.pdf', contentType: 'application/pdf' }
  const path = '/api/partner/order/{order_id}/postal-bills'
  const bill = {
    id: '3',
    name: 'kyFbpW5dC0lMk7q2jMthQuLA1xP0BaZzFYFItyJk.png',
    url: 'https://path_to_file.com/kyFbpW5dC0lMk7q2jMthQuLA1xP0BaZzFYFItyJk.png',
    notes: 'Tenant note',
    feedback: null,
    state: 'requires_action',
    provider_state: 'Requires Action',
    type: null,
    created_on: '2021-06-21',
  }

  it('are sent as a form, and answered in a list', async () => {
    const { upstream, client } = connect(fixture('homebox', 'postal-bills.create.ok'))
    const draftBill = { ...atOrder, notes: 'Tenant note', file }
    expect(await operations['postal_bills.create'](client, draftBill)).toEqual(bill)
    expect(upstream.requests).toEqual([
      {
        method: 'POST',
        path,
        params: atOrder,
        headers,
        body: { kind: 'multipart', fields: { tenant_notes: 'Tenant note' }, files: { file } },
      },
    ])
  })

  it('may go without a note', async () => {
    const { upstream, client } = connect(fixture('homebox', 'postal-bills.create.ok'))
    await operations['postal_bills.create'](client, { ...atOrder, notes: null, file })
    expect(upstream.requests).toMatchObject([{ body: { fields: {} } }])
  })

  it('are listed with what they are for, page by page', async () => {
    const { upstream, client } = connect(fixture('homebox', 'postal-bills.list.ok'))
    const page = await operations['postal_bills.list'](client, { ...atOrder, page: 1 })
    expect(page.items).toEqual([
      { ...bill, notes: 'Testing note', type: 'energy', url: expect.stringMatching(/^https:.*amazonaws/) },
    ])
    expect(upstream.requests).toEqual([
      { method: 'GET', path, params: atOrder, query: { page: '1' }, headers },
    ])
  })

  it('keep a state that is new, and are of an other one', async () => {
    const { client } = connect({ data: [{ id: 3, state: 'Lost' }] })
    const { items } = await operations['postal_bills.list'](client, { ...atOrder, page: 1 })
    expect(items).toMatchObject([{ state: 'other', provider_state: 'Lost' }])
  })
})
