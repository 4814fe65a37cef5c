import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import type { RunningSimulator } from '#simulators/core/simulator'
import { startMybeezboxSimulator } from '#simulators/mybeezbox/index'
import { ask, clientOf, type SimulatorClient } from '#test/simulator-client'

let simulator: RunningSimulator
let client: SimulatorClient
beforeAll(async () => {
  simulator = await startMybeezboxSimulator({ firstId: 5_001 })
  const { body } = await ask(`${simulator.url}/token/`, 'POST', { json: simulator.credentials })
  const { token } = z.object({ token: z.string() }).parse(body)
  client = clientOf(simulator, { authorization: `Token ${token}` })
})
afterAll(() => simulator.stop())

const USE = '/networkgiftcards_by_code/NGCasdf123/use/'
const use = { creation_date: '2022-06-16T12:00', value: 20, partner_source_id: 222 }
const card = async () => (await client.get('/networkgiftcards_by_code/NGCasdf123/')).body

test.each([
  ['a time that is not noon', { creation_date: '2022-06-16T13:00' }, 'creation_date'],
  ['a value as text', { value: '20' }, 'value'],
  ['more than remains', { value: 60.01 }, 'value'],
  ['no value', { value: undefined }, 'value'],
  ["MyBeezBox's own id of a partner", { partner_source_id: 2 }, 'partner_source_id'],
  ['a field of the other use', { partner_id: 2 }, 'partner_id'],
])('a use with %s is refused and changes nothing', async (_what, changes, field) => {
  const { status, body } = await client.post(USE, { ...use, ...changes })
  expect([status, body]).toMatchObject([400, { [field]: [expect.any(String)] }])
  expect(await card()).toMatchObject({ remaining_value: 60, status: 'paid' })
})

test('a card is used up and, when its uses are cancelled, whole again', async () => {
  const [first, second] = [await client.post(USE, use), await client.post(USE, { ...use, value: 40 })]
  expect([first.status, second.status]).toEqual([201, 201])
  expect(await card()).toMatchObject({ remaining_value: 0, status: 'used' })
  for (const { body } of [first, second]) {
    const { id } = z.object({ id: z.int() }).parse(body)
    const cancelled = await client.post(`/networkgiftcardusages/${id}/cancel/`, {})
    expect(cancelled).toMatchObject({ status: 200, body: { id, is_active: false } })
    expect((await client.post(`/networkgiftcardusages/${id}/cancel/`, {})).status).toBe(400)
  }
  expect(await card()).toMatchObject({ remaining_value: 60, status: 'using' })
})

const partner = {
  status: 'a',
  commercial_name: 'Chez Marie',
  short_name: 'marie',
  agency_email: 'marie@example.com',
}

test.each([
  ['a status of the network', { status: 'n' }, 'status'],
  [
    'a birthday with a time',
    { legal_representative_birthday: '1987-03-17T12:00' },
    'legal_representative_birthday',
  ],
  ['an IBAN with spaces', { iban: 'FR22 1273 9000 3046 7547 1929 G68' }, 'iban'],
  ['a field of its answer', { uuid: 'baf5a0f2-4b5b-422d-9a1b-2fc636e89b45' }, 'uuid'],
])('a partner with %s is refused', async (_what, changes, field) => {
  const { status, body } = await client.post('/partners/', { ...partner, ...changes })
  expect([status, body]).toMatchObject([400, { [field]: [expect.any(String)] }])
})

test('of a partner nobody gets the bank account back', async () => {
  const account = { iban: 'FR2212739000304675471929G68', bic: 'BNPAESMS' }
  const { status, body } = await client.post('/partners/', { ...partner, ...account })
  expect([status, body]).toMatchObject([201, partner])
  expect(Object.keys(Object(body)).filter(name => name in account)).toEqual([])
})

test('only partners of the network are changed, by either name', async () => {
  const changes = { link_to_nv_settings: false }
  const named = [
    { source_id: '12345' },
    { siret_number: '12345678901237' },
    { siret_number: '123456789' },
    {},
  ]
  const statuses: number[] = []
  for (const by of named)
    statuses.push((await client.patch('/networkpartners/', { ...by, ...changes })).status)
  expect(statuses).toEqual([200, 200, 404, 400])
})
