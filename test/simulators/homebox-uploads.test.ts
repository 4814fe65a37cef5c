import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { request } from 'undici'
import { type RunningHomebox, startHomeboxSimulator } from '#simulators/homebox/index'
import { fixture } from '#test/fixture'
import { type FormParts, formBody, formType } from '#test/forms'
import { sampleFile } from '#test/sample-files'
import { at, fieldsOf, homeboxClient, type SimulatorClient } from '#test/simulator-client'

const order = {
  package_id: 1,
  address: { address_id: 'VglSD9KF3EKcNz_RRXPVV' },
  total_occupants: 2,
  household_type: 'student',
  tenancy_move_in: '01/10/26',
  tenancy_start: '01/10/26',
  tenancy_end: '01/10/27',
}
const gas: FormParts = [
  ['date_of_reading', '2026-11-20'],
  ['reading', '299'],
  ['type', 'gas'],
]
const picture = { content: sampleFile('jpeg'), filename: 'meter.jpg', type: 'image/jpeg' }

let simulator: RunningHomebox
let homebox: SimulatorClient
let orderPath: string
let propertyPath: string

beforeAll(async () => {
  simulator = await startHomeboxSimulator({ clock: () => new Date('2026-11-21T09:30:00Z') })
  homebox = homeboxClient(simulator)
  const { body } = await homebox.post('/api/partner/order', order)
  orderPath = `/api/partner/order/${at(body, 'data', 'order_id')}`
  propertyPath = `/api/partner/property/${at(body, 'data', 'property_id')}`
})
afterAll(() => simulator.stop())

async function send(path: string, parts: FormParts) {
  const authorization = `Bearer ${simulator.credentials['token']}`
  const headers = { authorization, accept: 'application/json', 'content-type': formType }
  const answer = await request(`${simulator.url}${path}`, { method: 'POST', headers, body: formBody(parts) })
  return { status: answer.statusCode, body: await answer.body.json() }
}

const shapeOf = (value: unknown) => [...new Set(fieldsOf(value))].toSorted()

describe('readings', () => {
  it('of an order are answered whole, and listed there and at its property', async () => {
    const { status, body } = await send(`${orderPath}/readings`, [...gas, ['image', picture]])
    expect(status).toBe(201)
    expect(body).toMatchObject({
      source: expect.stringMatching(/^meter-readings\/[0-9a-f]{40}\.jpg$/),
      state: 'complete',
      reading: '299',
      reading2: null,
      date_of_reading: '2026-11-20T00:00:00.000000Z',
      type: 'Gas',
    })
    for (const path of [orderPath, propertyPath]) {
      const listed = (await homebox.get(`${path}/readings`)).body
      expect(at(listed, 'data', 0)).toEqual(body)
      expect(shapeOf(listed)).toEqual(
        expect.arrayContaining(shapeOf(fixture('homebox', 'meter-readings.list.ok'))),
      )
    }
  })

  it('of a property are not the order’s', async () => {
    const { body } = await send(`${propertyPath}/readings`, gas)
    const id = at(body, 'id')
    expect(at((await homebox.get(`${propertyPath}/readings`)).body, 'data', 0, 'id')).toBe(id)
    expect(at((await homebox.get(`${orderPath}/readings`)).body, 'data', 0, 'id')).not.toBe(id)
  })

  it.each<[string, FormParts, string]>([
    ['a date with slashes', [['date_of_reading', '2026/11/20'], ...gas.slice(1)], 'date_of_reading'],
    ['a figure of 0', [...gas, ['reading', '0']], 'reading'],
    ['two figures of gas', [...gas, ['reading2', '1']], 'reading2'],
    ['our word for electricity', [...gas, ['type', 'electricity']], 'type'],
    ['a text for a picture', [...gas, ['image', 'x']], 'image'],
    ['a field that is not documented', [...gas, ['notes', 'x']], 'notes'],
  ])('are refused with %s', async (_name, parts, field) => {
    const { status, body } = await send(`${orderPath}/readings`, parts)
    expect(status).toBe(422)
    expect(at(body, 'errors', field)).toHaveLength(1)
  })

  it('are refused as JSON', async () => {
    const json = { date_of_reading: '2026-11-20', reading: '299', type: 'gas' }
    expect((await homebox.post(`${orderPath}/readings`, json)).status).toBe(400)
  })

  it('are given page by page', async () => {
    await send(`${orderPath}/readings`, gas)
    const page = async (query: string) =>
      at((await homebox.get(`${orderPath}/readings${query}`)).body, 'data', 'length')
    expect(await page('?limit=1')).toBe(1)
    expect(await page('?limit=1&page=3')).toBe(0)
  })
})

describe('postal bills', () => {
  it('are answered in a list, and listed', async () => {
    const parts: FormParts = [
      ['tenant_notes', 'Tenant note'],
      ['file', { ...picture, filename: 'bill.png' }],
    ]
    const { status, body } = await send(`${orderPath}/postal-bills`, parts)
    expect(status).toBe(201)
    expect(shapeOf(body)).toEqual(shapeOf(fixture('homebox', 'postal-bills.create.ok')))
    expect(at(body, 'data', 0)).toMatchObject({ notes: 'Tenant note', state: 'Requires Action', type: '-' })
    expect((await homebox.get(`${orderPath}/postal-bills`)).body).toEqual(body)
  })

  it.each<[string, FormParts, string]>([
    ['no file', [['tenant_notes', 'x']], 'file'],
    [
      'a field that is not documented',
      [
        ['file', picture],
        ['notes', 'x'],
      ],
      'notes',
    ],
  ])('are refused with %s', async (_name, parts, field) => {
    const { status, body } = await send(`${orderPath}/postal-bills`, parts)
    expect(status).toBe(422)
    expect(at(body, 'errors', field)).toHaveLength(1)
  })
})
