import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { RunningSimulator } from '#simulators/core/simulator'
import { startHomeboxSimulator } from '#simulators/homebox/index'
import { ask, at, homeboxClient, type SimulatorClient } from '#test/simulator-client'
import { PATIENCE } from '#test/patience'

const order = {
  package_id: 1,
  address: { address_id: 'VglSD9KF3EKcNz_RRXPVV' },
  reference: 'order_1',
  total_occupants: 2,
  household_type: 'student',
  tenancy_move_in: '01/10/26',
  tenancy_start: '01/10/26',
  tenancy_end: '01/10/27',
}

let simulator: RunningSimulator
let homebox: SimulatorClient

beforeEach(async () => {
  simulator = await startHomeboxSimulator()
  homebox = homeboxClient(simulator)
})
afterEach(() => simulator.stop())

const create = () => homebox.post('/api/partner/order', order)
const applied = () => simulator.count('orders.create')

function createUntil(signal: AbortSignal) {
  const authorization = `Bearer ${simulator.credentials['token']}`
  const headers = { authorization, accept: 'application/json' }
  return ask(`${simulator.url}/api/partner/order`, 'POST', { headers, json: order, signal })
}

describe('a fault on the wire', () => {
  it.each([
    ['refused', 422, 'The property cannot be supplied at the moment.', 0],
    ['unauthorized', 401, 'Unauthenticated.', 0],
    ['forbidden', 403, 'This action is unauthorized.', 0],
    ['rate-limited', 429, 'Too Many Attempts.', 0],
    ['error', 500, 'Server Error', 0],
    ['unavailable', 503, 'Service Unavailable', 0],
    ['applied-error', 500, 'Server Error', 1],
  ] as const)('"%s" answers %i and is applied as often as it says', async (fault, status, message, times) => {
    simulator.arm({ fault })
    expect(await create()).toMatchObject({ status, body: { message } })
    expect(applied()).toBe(times)
  })

  it('"rate-limited" says how long to wait', async () => {
    simulator.arm({ fault: 'rate-limited', ms: 7_000 })
    expect((await create()).headers['retry-after']).toBe('7')
  })

  it('"html" answers 200 with a page, and nothing was applied', async () => {
    simulator.arm({ fault: 'html' })
    const answer = await create()
    expect(answer).toMatchObject({ status: 200, headers: { 'content-type': 'text/html; charset=UTF-8' } })
    expect(answer.body).toMatch(/^<!doctype html>/)
    expect(applied()).toBe(0)
  })

  it('"slow" applies at once and answers later', async () => {
    simulator.arm({ fault: 'slow', ms: 60_000 })
    const giveUp = new AbortController()
    const asked = createUntil(giveUp.signal)
    await vi.waitFor(() => expect(applied()).toBe(1), PATIENCE)
    giveUp.abort()
    await expect(asked).rejects.toMatchObject({ name: 'AbortError' })
  })

  it('"slow" answers in the end', async () => {
    simulator.arm({ fault: 'slow', ms: 1 })
    expect((await create()).status).toBe(201)
  })

  it('"hang" never answers and applies nothing', async () => {
    simulator.arm({ fault: 'hang' })
    const giveUp = new AbortController()
    const asked = createUntil(giveUp.signal)
    await vi.waitFor(() => expect(simulator.requests()).toHaveLength(1), PATIENCE)
    giveUp.abort()
    await expect(asked).rejects.toMatchObject({ name: 'AbortError' })
    expect(applied()).toBe(0)
  })

  it('"cut-before" resets the connection and applies nothing', async () => {
    simulator.arm({ fault: 'cut-before' })
    await expect(create()).rejects.toMatchObject({ code: 'ECONNRESET' })
    expect(simulator.requests()).toHaveLength(1)
    expect(applied()).toBe(0)
  })

  it('"answer-lost" closes the connection once the request is applied', async () => {
    simulator.arm({ fault: 'answer-lost' })
    await expect(create()).rejects.toMatchObject({ code: 'UND_ERR_SOCKET' })
    expect(applied()).toBe(1)
    expect(at((await homebox.get('/api/partner/order')).body, 'data', 0, 'reference')).toBe('order_1')
  })

  it('"cut-body" ends in the middle of an answer to an applied request', async () => {
    simulator.arm({ fault: 'cut-body' })
    await expect(create()).rejects.toMatchObject({ code: 'UND_ERR_SOCKET' })
    expect(applied()).toBe(1)
  })

  it('"twice" records one request as two things and answers the first', async () => {
    simulator.arm({ fault: 'twice' })
    const { status, body } = await create()
    expect(status).toBe(201)
    expect(simulator.effects('orders.create')).toHaveLength(2)
    const list = await homebox.get('/api/partner/order')
    expect(at(list.body, 'data', 1, 'id')).toBe(at(body, 'data', 'order_id'))
    expect(at(list.body, 'meta', 'order_count')).toBe(2)
  })

  it('"renamed-field" answers what is needed under another name', async () => {
    simulator.arm({ fault: 'renamed-field' })
    const { status, body } = await create()
    expect(status).toBe(201)
    expect(at(body, 'data', 'order_id')).toBeUndefined()
    expect(at(body, 'data', 'order_number')).toEqual(expect.any(Number))
  })

  it('"renamed-field" reaches prepared answers too', async () => {
    simulator.arm({ fault: 'renamed-field' })
    const { body } = await homebox.get('/api/partner/packages?postcode=SW155PU')
    expect(at(body, 'packages', 0, 'bills', 0, 'prices', 0)).toMatchObject({ price_per_tenant: '62.1' })
  })

  it('"extra-fields" adds to every object and takes nothing away', async () => {
    simulator.arm({ fault: 'extra-fields' })
    const { body } = await create()
    expect(body).toMatchObject({
      added_in_2031: { beta: true },
      data: { order_id: expect.any(Number), added_in_2031: { beta: true } },
    })
  })
})

describe('arming', () => {
  it('strikes as often as it was told, then no more', async () => {
    simulator.arm({ fault: 'error', times: 2 })
    const statuses = [(await create()).status, (await create()).status, (await create()).status]
    expect(statuses).toEqual([500, 500, 201])
  })

  it('strikes one operation only, where it names one', async () => {
    simulator.arm({ fault: 'unavailable', operation: 'orders.create' })
    expect((await homebox.get('/api/partner/account')).status).toBe(200)
    expect((await create()).status).toBe(503)
  })

  it('strikes in the order of arming, and not at all once disarmed', async () => {
    simulator.arm({ fault: 'error' })
    simulator.arm({ fault: 'forbidden', times: 5 })
    expect([(await create()).status, (await create()).status]).toEqual([500, 403])
    simulator.disarm()
    expect((await create()).status).toBe(201)
  })

  it('knows its operations, so that a misspelt one is no silent pass', () => {
    expect(() => simulator.arm({ fault: 'error', operation: 'order.create' })).toThrow(RangeError)
    expect(() => simulator.count('order.create')).toThrow('no operation order.create')
    expect(() => simulator.effects('order.create')).toThrow(RangeError)
  })

  it('waits for a request that is in order', async () => {
    simulator.arm({ fault: 'error' })
    expect((await homebox.post('/api/partner/order', {})).status).toBe(422)
    expect((await create()).status).toBe(500)
  })
})

it('hanging requests do not keep a simulator from stopping', async () => {
  const hanging = await startHomeboxSimulator()
  hanging.arm({ fault: 'hang' })
  const asked = homeboxClient(hanging).get('/api/partner/account')
  const broken = expect(asked).rejects.toMatchObject({ code: 'UND_ERR_SOCKET' })
  await vi.waitFor(() => expect(hanging.requests()).toHaveLength(1), PATIENCE)
  await hanging.stop()
  await broken
})
