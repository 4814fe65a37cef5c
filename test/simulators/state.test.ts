import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startHomeboxSimulator } from '#simulators/homebox/index'
import { startOneUtilityBillSimulator } from '#simulators/one-utility-bill/index'
import { at, homeboxClient, oneUtilityBillClient } from '#test/simulator-client'

const order = {
  package_id: 1,
  address: { address_id: 'VglSD9KF3EKcNz_RRXPVV' },
  reference: 'order_1',
  total_occupants: 1,
  household_type: 'student',
  tenancy_move_in: '01/10/26',
  tenancy_start: '01/10/26',
  tenancy_end: '01/10/27',
}
const jane = {
  account_name: 'Jane Smith',
  account_number: '87654321',
  billing_address: { line1: 'Flat 1', line2: '', city: 'London', county: '', postcode: 'NR3 2AG' },
  birthday: '01/01/2000',
  email: 'jane.smith917@example.com',
  first_name: 'Jane',
  last_name: 'Smith',
  nationality: 'GB',
  phone_number: '+441234567890',
  sort_code: '112233',
}

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'simulators-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('with a state file', () => {
  it('orders, bill payers and counts are there again after a restart, and ids go on', async () => {
    const stateFile = join(folder, 'homebox.jsonl')
    const first = await startHomeboxSimulator({ stateFile, firstId: 100 })
    const created = await homeboxClient(first).post('/api/partner/order', order)
    const path = `/api/partner/order/${at(created.body, 'data', 'order_id')}`
    await homeboxClient(first).post(`${path}/tenant`, jane)
    const [before, tenants] = [
      await homeboxClient(first).get(path),
      await homeboxClient(first).get(`${path}/tenant`),
    ]
    await first.stop()

    const second = await startHomeboxSimulator({ stateFile, firstId: 100 })
    const homebox = homeboxClient(second)
    expect((await homebox.get(path)).body).toEqual(before.body)
    expect((await homebox.get(`${path}/tenant`)).body).toEqual(tenants.body)
    expect(second.count('tenants.create')).toBe(1)
    expect(second.effects('orders.create')).toMatchObject([{ body: null }])
    const next = await homebox.post('/api/partner/order', order)
    expect(at(next.body, 'data', 'order_id')).toBe(105)
    await second.stop()
  })

  it('every change to an order is written with the order at once', async () => {
    const stateFile = join(folder, 'homebox.jsonl')
    const simulator = await startHomeboxSimulator({ stateFile })
    const homebox = homeboxClient(simulator)
    const id = Number(at((await homebox.post('/api/partner/order', order)).body, 'data', 'order_id'))
    const path = `/api/partner/order/${id}`
    const firstOf = async (list: string) =>
      Number(at((await homebox.get(`${path}/${list}`)).body, 'data', 0, 'id'))
    const invitee = { first_name: 'Jo', last_name: 'Invitee', phone_number: '+441234567890' }
    const bank = { account_name: 'Janet Smith', account_number: '12345678', sort_code: '123456' }
    const changes: (() => unknown)[] = [
      () => homebox.post(`${path}/invite`, invitee),
      async () => homebox.delete(`${path}/invite/${await firstOf('invite')}`),
      () => homebox.post(`${path}/tenant`, jane),
      async () => homebox.patch(`${path}/tenant/${await firstOf('tenant')}`, { first_name: 'Janet' }),
      async () => simulator.happen.setMandate(await firstOf('tenant'), 'cancelled'),
      async () => homebox.patch(`${path}/tenant/${await firstOf('tenant')}/mandate`, bank),
      async () => homebox.delete(`${path}/tenant/${await firstOf('tenant')}`),
      () => simulator.happen.setOrderStatus(id, { id: 9, text: 'Cancelled' }),
    ]
    for (const [index, change] of changes.entries()) {
      await change()
      const lines = readFileSync(stateFile, 'utf8').trimEnd().split('\n')
      expect(lines).toHaveLength(index + 3)
      expect(at(JSON.parse(lines.at(-1) ?? ''), 'put', 0)).toMatchObject(['orders', String(id), { id }])
    }
    await simulator.stop()
  })

  it('an effect is on disk although its answer was lost', async () => {
    const stateFile = join(folder, 'homebox.jsonl')
    const simulator = await startHomeboxSimulator({ stateFile })
    simulator.arm({ fault: 'answer-lost' })
    await homeboxClient(simulator)
      .post('/api/partner/order', order)
      .catch(() => undefined)
    const written = readFileSync(stateFile, 'utf8').trimEnd().split('\n')
    expect(written).toHaveLength(2)
    expect(at(JSON.parse(written[1] ?? ''), 'counts')).toEqual({ 'orders.create': 1 })
    await simulator.stop()
  })

  it('bank details, bodies and tokens are in no file', async () => {
    const stateFile = join(folder, 'homebox.jsonl')
    const simulator = await startHomeboxSimulator({ stateFile })
    const created = await homeboxClient(simulator).post('/api/partner/order', order)
    await homeboxClient(simulator).post(
      `/api/partner/order/${at(created.body, 'data', 'order_id')}/tenant`,
      jane,
    )
    const text = readFileSync(stateFile, 'utf8')
    expect(text).toContain('jane.smith917@example.com')
    expect(text).not.toMatch(/87654321|112233|simulator-token/)
    await simulator.stop()
  })

  it('a lead of One Utility Bill is found and a quote still valid after a restart', async () => {
    const stateFile = join(folder, 'one-utility-bill.jsonl')
    const first = await startOneUtilityBillSimulator({ stateFile })
    const before = await oneUtilityBillClient(first)
    const body = { postcode: 'NE1 2QB', bed_size: 4, tenancy_start_date: '2026-09-30' }
    const quote = await before.post('/api/v1/quotes', body)
    const lead = {
      property: { address_line_1: '5 Media Exchange', city: 'Newcastle upon Tyne', postcode: 'NE1 2QB' },
      contact: {
        first_name: 'John',
        last_name: 'Smith',
        email_address: 'j@example.com',
        phone_number: '07700964836',
      },
      quote_id: at(quote.body, 'data', 'id'),
    }
    const created = await before.post('/api/v1/leads', lead)
    await first.stop()

    const second = await startOneUtilityBillSimulator({ stateFile })
    const after = await oneUtilityBillClient(second)
    expect((await after.get(`/api/v1/leads/${at(created.body, 'data', 'id')}`)).body).toEqual(created.body)
    expect((await after.post('/api/v1/leads', lead)).status).toBe(201)
    await second.stop()
  })

  it('an effect that was cut short by a kill is as if it had never been', async () => {
    const stateFile = join(folder, 'homebox.jsonl')
    const first = await startHomeboxSimulator({ stateFile })
    await homeboxClient(first).post('/api/partner/order', order)
    await first.stop()
    const whole = readFileSync(stateFile, 'utf8')
    writeFileSync(stateFile, `${whole}${whole.split('\n')[1]?.slice(0, 60)}`)

    const second = await startHomeboxSimulator({ stateFile })
    expect(second.count('orders.create')).toBe(1)
    expect(at((await homeboxClient(second).get('/api/partner/order')).body, 'meta', 'order_count')).toBe(1)
    await second.stop()
  })

  it('quotes and tokens are counted, but only what can be read again is written', async () => {
    const stateFile = join(folder, 'one-utility-bill.jsonl')
    const simulator = await startOneUtilityBillSimulator({ stateFile })
    const before = readFileSync(stateFile, 'utf8')
    const client = await oneUtilityBillClient(simulator)
    await client.post('/api/v1/quotes', {
      postcode: 'NE1 2QB',
      bed_size: 4,
      tenancy_start_date: '2026-09-30',
    })
    expect([simulator.count('tokens.create'), simulator.count('quotes.create')]).toEqual([1, 1])
    expect(readFileSync(stateFile, 'utf8')).toBe(before)
    await simulator.stop()
  })

  it('something else in the file is an error at start', async () => {
    const stateFile = join(folder, 'homebox.jsonl')
    writeFileSync(stateFile, '{"orders":[]}')
    await expect(startHomeboxSimulator({ stateFile })).rejects.toThrow("holds no simulator's state")
  })
})

describe('without a state file', () => {
  it('two runs one after the other never give the same id', async () => {
    const time = { now: Date.parse('2026-09-01T12:00:00Z') }
    const idOfNewOrder = async () => {
      const simulator = await startHomeboxSimulator({ clock: () => new Date(time.now) })
      const { body } = await homeboxClient(simulator).post('/api/partner/order', order)
      await simulator.stop()
      return at(body, 'data', 'order_id')
    }
    const first = await idOfNewOrder()
    time.now += 1_000
    const second = await idOfNewOrder()
    expect(Number(second)).toBe(Number(first) + 1_000)
  })

  it('keeps the newest thousand requests, all fields of them', async () => {
    const simulator = await startHomeboxSimulator()
    const homebox = homeboxClient(simulator)
    await homebox.get('/api/partner/account')
    for (let sent = 0; sent < 1_000; sent++) await homebox.get(`/api/partner/order?page=${sent + 1}`)
    expect(simulator.requests()).toHaveLength(1_000)
    expect(simulator.requests()[0]).toMatchObject({
      method: 'GET',
      path: '/api/partner/order',
      query: { page: '1' },
      headers: { accept: 'application/json', authorization: 'Bearer homebox-simulator-token' },
      body: null,
    })
    await simulator.stop()
  })
})
