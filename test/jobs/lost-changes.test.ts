import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { FaultName } from '#simulators/core/faults'
import { startTestGateway, type TestGateway } from '#test/gateway'
import { createStandingClock, lookAtDue } from '#test/looking'
import { voidRequest } from '#test/portfolio'

let clock: ReturnType<typeof createStandingClock>
let gateway: TestGateway
beforeEach(async () => {
  clock = createStandingClock(new Date('2027-01-01T00:00:00.000Z'))
  gateway = await startTestGateway({ now: clock.now, environment: { PROVIDER_TIMEOUT_MS: '3000' } })
})
afterEach(() => gateway.close())

type Path = `/v1/${string}`

async function tenancyPath(): Promise<Path> {
  const { body } = await gateway.api('POST /v1/voids', { body: voidRequest() })
  return `/v1/properties/${body.property_id}/tenancies/${body.tenancy.id}`
}

async function branchPath(): Promise<Path> {
  const branch = { name: 'Child Partner', email: 'child@example.net' }
  return `/v1/branches/${(await gateway.api('POST /v1/branches', { body: branch })).body.id}`
}

const accountPath = (): Promise<Path> => Promise.resolve('/v1/providers/homebox/account')
const dates = { start_date: '2027-08-01', end_date: '2027-08-15' }

const changes = [
  ['tenancies.update', tenancyPath, dates],
  ['branches.update', branchPath, { name: 'Renamed' }],
  ['account.update', accountPath, { theme_color_primary: '#40BF67' }],
] as const

/** A change whose answer gets lost, and its operation after the first look. */
async function lose(operation: string, fault: FaultName, path: Path, body: object) {
  gateway.simulators.homebox.arm({ fault, operation })
  const { status, body: lost } = await gateway.api(`PATCH ${path}`, { body })
  expect([status, lost.state, lost.reconcile]).toEqual([202, 'unknown', 'by_scan'])
  clock.pass(5_000)
  await lookAtDue(gateway)
  return (await gateway.api(`GET /v1/operations/${lost.id}`)).body
}

describe('a change whose answer was lost', () => {
  test.each(changes)('is found when the provider shows it: %s', async (operation, pathOf, body) => {
    const path = await pathOf()
    const found = await lose(operation, 'answer-lost', path, body)
    expect(found).toMatchObject({ state: 'succeeded', operation })
    expect((await gateway.api(`GET ${path}`)).body).toMatchObject(body)
    expect(gateway.simulators.homebox.count(operation)).toBe(1)
  })

  test.each(changes)('is left to a person when it does not: %s', async (operation, pathOf, body) => {
    const path = await pathOf()
    const open = await lose(operation, 'cut-before', path, body)
    const fields = Object.keys(body).join(', ')
    const hint = `The provider shows something else than what was sent as ${fields}.`
    expect(open).toMatchObject({ state: 'unknown', hint })
    expect(gateway.simulators.homebox.count(operation)).toBe(0)
  })

  test('gives a void its new dates once they are found', async () => {
    const path = await tenancyPath()
    await lose('tenancies.update', 'answer-lost', path, dates)
    const { body } = await gateway.api('GET /v1/voids')
    expect(body.data[0].tenancy).toMatchObject(dates)
  })
})
