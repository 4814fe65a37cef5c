import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startTestGateway, type TestGateway } from '#test/gateway'
import { expectProblem } from '#test/expect-problem'
import { heardBy } from '#test/portfolio'
import { seedKey } from '#test/seed'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway({ environment: { PROVIDER_TIMEOUT_MS: '3000' } })
})
beforeEach(() => gateway.simulators.homebox.disarm())
afterAll(() => gateway.close())

const path = '/v1/providers/homebox/account'
const change = (body: unknown, query = '') => gateway.api(`PATCH ${path}${query}`, { body })
const heard = (work: () => Promise<unknown>) => heardBy(gateway, work)

describe('GET /v1/providers/{provider}/account', () => {
  test('reads it at Homebox', async () => {
    const sent = await heard(async () => {
      const { status, body } = await gateway.api(`GET ${path}?include=provider_data`)
      expect([status, body]).toEqual([
        200,
        {
          object: 'provider_account',
          mode: 'test',
          provider: 'homebox',
          name: 'Partner Account',
          reference_number: 'PARTNER1',
          theme_color_primary: '#000000',
          logo_url: 'https://homebox.example/img/partners/1.png',
          management_fee: '10',
          slug: null,
          provider_data: { homebox: { fetched_at: expect.any(String), data: expect.anything() } },
        },
      ])
    })
    expect(sent).toEqual([['GET /account', null]])
  })

  test('is not supported elsewhere, and says by whom', async () => {
    const answer = await gateway.api('GET /v1/providers/housr/account')
    expect(expectProblem(answer, 'capability_not_supported').supported_by).toEqual(['homebox'])
    expectProblem(await gateway.api('GET /v1/providers/nobody/account'), 'not_found')
  })

  test('needs a connection of the account itself', async () => {
    const { key } = await seedKey(gateway)
    const sent = await heard(async () => {
      expectProblem(await gateway.api(`GET ${path}`, { key }), 'provider_not_connected')
      const body = { name: 'Mine' }
      expectProblem(await gateway.api(`PATCH ${path}`, { key, body }), 'provider_not_connected')
    })
    expect(sent).toEqual([])
  })
})

describe('PATCH /v1/providers/{provider}/account', () => {
  test('sends only what changes', async () => {
    const sent = await heard(async () => {
      const { status, body } = await change({ name: 'Partner Account Renamed', reference_number: null })
      expect([status, body.name, body.slug]).toEqual([
        200,
        'Partner Account Renamed',
        'partner-account-renamed',
      ])
    })
    expect(sent).toEqual([['POST /account', { name: 'Partner Account Renamed' }]])
    expect((await gateway.api(`GET ${path}`)).body.name).toBe('Partner Account Renamed')
  })

  test('is 202 with the operation when the answer is lost', async () => {
    gateway.simulators.homebox.arm({ fault: 'answer-lost', operation: 'account.update' })
    const { status, body } = await change({ theme_color_primary: '#40BF67' })
    expect([status, body.operation, body.state]).toEqual([202, 'account.update', 'unknown'])
    expect(body.resource).toMatch(/^connection_/)
    expect((await gateway.api(`GET ${path}`)).body.theme_color_primary).toBe('#40BF67')
  })

  test('answers the problem when Homebox refuses', async () => {
    gateway.simulators.homebox.arm({ fault: 'refused', operation: 'account.update' })
    expectProblem(await change({ name: 'Refused' }), 'provider_rejected')
  })

  test.each([
    ['', {}],
    ['/theme_color_primary', { theme_color_primary: '#12' }],
    ['/slug', { name: 'New', slug: 'mine' }],
    ['/logo_url', { name: 'New', logo_url: 'https://example.org/logo.png' }],
  ])('refuses what is wrong at "%s"', async (pointer, body) => {
    const { errors } = expectProblem(await change(body), 'validation_failed')
    expect(errors?.map(error => error.pointer)).toEqual([pointer])
  })

  test('with preview=true shows what would be sent, and sends nothing', async () => {
    const sent = await heard(async () => {
      const { body } = await change({ name: 'New' }, '?preview=true')
      const request = {
        provider: 'homebox',
        method: 'POST',
        path: '/api/partner/account',
        body: { name: 'New' },
      }
      expect(body.requests).toEqual([request])
    })
    expect(sent).toEqual([])
  })

  test('leaves who did it in the audit log', async () => {
    await change({ name: 'Audited' })
    const { rows } = await gateway.services.database.sql.query(
      "SELECT data FROM audit_entries WHERE action = 'account.updated' ORDER BY id DESC LIMIT 1",
      [],
    )
    expect(rows).toEqual([{ data: { provider: 'homebox', fields: ['name'] } }])
  })
})
