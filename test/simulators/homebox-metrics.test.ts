import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningHomebox, startHomeboxSimulator } from '#simulators/homebox/index'
import { at, homeboxClient, type SimulatorClient } from '#test/simulator-client'

let simulator: RunningHomebox
let homebox: SimulatorClient
beforeAll(async () => {
  simulator = await startHomeboxSimulator({ clock: () => new Date('2027-04-23T18:04:07.000Z') })
  homebox = homeboxClient(simulator)
  await homebox.post('/api/partner/lead', {
    tenancy_start: '01/07/27',
    tenancy_end: '01/07/28',
    notifications: false,
    tenants: [
      {
        first_name: 'Bill',
        last_name: 'Appleseed',
        phone_number: '+441234567890',
        email_address: 'bill@example.test',
      },
    ],
  })
})
afterAll(() => simulator.stop())

const read = (path: string) => homebox.get(`/api/partner/metrics/${path}`)

describe('metrics', () => {
  it('have the structure of the document', async () => {
    expect((await read('orders/new')).body).toEqual({
      data: {
        name: 'New Orders',
        description:
          'This is the number of new orders for bills packages you have received this month so far.',
        value: '0',
        prefix: null,
        suffix: null,
        formatted: '0',
      },
    })
  })

  it.each([
    ['leads/new', '1'],
    ['leads/new?from=2027-04-23&to=2027-04-23', '1'],
    ['leads/new?from=2027-04-24', '0'],
    ['leads/new?from=2027-03-01&to=2027-04-22', '0'],
    ['leads/orders', '0'],
    ['payments/pending', '0'],
    ['orders/active', '0'],
  ])('count %s', async (path, value) => {
    expect(at((await read(path)).body, 'data', 'value')).toBe(value)
  })

  it.each(['orders/active?from=2027-01-01', 'orders/approval?to=2027-01-01', 'orders/new?from=01/01/27'])(
    'refuse %s',
    async path => {
      expect((await read(path)).status).toBe(422)
    },
  )

  it('are nine', async () => {
    expect((await read('orders/old')).status).toBe(404)
  })
})
