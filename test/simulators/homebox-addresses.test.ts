import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import type { RunningSimulator } from '#simulators/core/simulator'
import { houseOfId } from '#simulators/homebox/addresses'
import { startHomeboxSimulator } from '#simulators/homebox/index'
import { fixture } from '#test/fixture'
import { homeboxClient, type SimulatorClient } from '#test/simulator-client'
import { parsePostcode } from '#values/postcode'

const Found = z.object({ data: z.array(z.object({ address: z.string(), address_id: z.string() })) })

let simulator: RunningSimulator
let homebox: SimulatorClient

beforeAll(async () => {
  simulator = await startHomeboxSimulator()
  homebox = homeboxClient(simulator)
})
afterAll(() => simulator.stop())

async function find(query: string) {
  const { body } = await homebox.get(`/api/partner/address/find/${encodeURIComponent(query)}`)
  return Found.parse(body).data
}

it("finds the document's own sample", async () => {
  const { body } = await homebox.get('/api/partner/address/find/BN11AB')
  expect(body).toEqual(fixture('homebox', 'addresses.search.found'))
})

it('finds a sample by a part of its address too', async () => {
  expect(await find('36 ship')).toEqual([
    { address: '36 Ship Street, Brighton, BN1 1AB', address_id: 'kFkwDze86qhQDpWc8v7Cd' },
  ])
})

it('finds six houses in the town of any other postcode', async () => {
  const found = await find('ne1 2qb')
  expect(found).toHaveLength(6)
  for (const { address } of found) expect(address).toMatch(/^\d+ [\w ]+, Newcastle upon Tyne, NE1 2QB$/)
  expect(new Set(found.map(({ address_id }) => address_id)).size).toBe(6)
})

it('finds nothing for a text that is in no address', async () => {
  expect(await find('nowhere at all')).toEqual([])
})

it('gives ids that still mean the same house after a restart', async () => {
  const [first] = await find('NE1 2QB')
  const house = houseOfId(first?.address_id ?? '')
  expect(house && `${house.line1}, ${house.city}, ${house.postcode.postcode}`).toBe(first?.address)
  expect(house?.postcode).toEqual(parsePostcode('NE1 2QB'))
})

it.each(['', 'VglSD9KF3EKcNz_RRXPVx', 'A23456789012345678901', '__proto__', 'constructor'])(
  'knows no house under the id "%s"',
  id => {
    expect(houseOfId(id)).toBeNull()
  },
)
