import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startTestGateway, type TestGateway } from '#test/gateway'
import { expectProblem } from '#test/expect-problem'
import { heardBy } from '#test/portfolio'
import { sampleFile } from '#test/sample-files'
import { seedKey } from '#test/seed'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway({ environment: { PROVIDER_TIMEOUT_MS: '3000' } })
})
beforeEach(() => gateway.simulators.homebox.disarm())
afterAll(() => gateway.close())

const branch = {
  name: 'Child Partner',
  email: 'child.partner1@example.net',
  theme_color_primary: '#000000',
  reference_number: '123456789',
}
const create = (changes: object = {}, query = '', headers: Record<string, string> = {}) =>
  gateway.api(`POST /v1/branches${query}`, { body: { ...branch, ...changes }, headers })
const heard = (work: () => Promise<unknown>) => heardBy(gateway, work)

/** A form as a browser sends it. */
async function form(fields: Record<string, string>, file: Buffer, name = 'logo') {
  const data = new FormData()
  for (const [key, value] of Object.entries(fields)) data.append(key, value)
  data.append(name, new Blob([new Uint8Array(file)]), 'Our Logo.png')
  const encoded = new Response(data)
  const payload = Buffer.from(await encoded.arrayBuffer())
  const headers = { 'content-type': encoded.headers.get('content-type') ?? '' }
  return gateway.api('POST /v1/branches', { payload, headers })
}

describe('POST /v1/branches', () => {
  test('makes the branch by a form, and reads it', async () => {
    const { status, headers, body } = await create({ metadata: { region: 'north' } })
    expect([status, headers['location']]).toEqual([201, `/v1/branches/${body.id}`])
    expect(body).toEqual({
      id: expect.stringMatching(/^branch_/),
      object: 'branch',
      mode: 'test',
      provider: 'homebox',
      name: 'Child Partner',
      reference_number: '123456789',
      theme_color_primary: '#000000',
      logo_url: null,
      management_fee: null,
      provider_ids: [expect.stringMatching(/^\d+$/)],
      metadata: { region: 'north' },
      created_at: expect.any(String),
      updated_at: expect.any(String),
    })
    const [sent, read] = gateway.simulators.homebox.requests().slice(-2)
    expect([sent?.path, sent?.body]).toEqual(['/api/partner/child/store', branch])
    expect(sent?.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/)
    expect(read?.path).toBe(`/api/partner/child/${body.provider_ids[0]}`)
  })

  test('passes the logo of a form on', async () => {
    const png = sampleFile('png', 5_000)
    const { status, body } = await form(branch, png)
    expect([status, body.logo_url]).toEqual([201, expect.stringContaining('https://')])
    const sent = gateway.simulators.homebox.requests().at(-2)
    expect(sent?.body).toMatchObject({
      ...branch,
      image_path: { filename: 'Our Logo.png', content_type: 'image/png', bytes: png.length },
    })
  })

  test.each([
    ['a PDF', 'pdf', 'logo'],
    ['a text', 'text', 'logo'],
  ] as const)('refuses %s for a logo', async (_what, kind, name) => {
    const sent = await heard(async () => {
      expectProblem(await form(branch, sampleFile(kind), name), 'unsupported_media_type')
    })
    expect(sent).toEqual([])
  })

  test('keeps the e-mail address nowhere', async () => {
    const { body, text } = await create()
    const { rows } = await gateway.services.database.sql.query('SELECT * FROM branches', [])
    const calls = await gateway.api(`GET /v1/provider-calls?resource=${body.id}`)
    for (const seen of [text, JSON.stringify(rows), calls.text, gateway.logs.join('')])
      expect(seen).not.toContain('child.partner1')
  })

  test('is made once per key', async () => {
    const key = { 'idempotency-key': 'branch-1' }
    const first = await create({}, '', key)
    expect(await heard(async () => expect((await create({}, '', key)).text).toBe(first.text))).toEqual([])
  })

  test('is 201 also when the branch cannot be read', async () => {
    gateway.simulators.homebox.arm({ fault: 'error', operation: 'branches.get', times: 9 })
    const { status, body } = await create()
    expect([status, body.name, body.provider_ids.length]).toEqual([201, 'Child Partner', 1])
  })

  test('is 202 with the operation when the answer is lost, until a person names the branch', async () => {
    gateway.simulators.homebox.arm({ fault: 'answer-lost', operation: 'branches.create' })
    const { status, body } = await create({ reference_number: 'lost' })
    expect([status, body.operation, body.state]).toEqual([202, 'branches.create', 'unknown'])
    expectProblem(await gateway.api(`GET /v1/branches/${body.resource}`), 'state_conflict')
    const made = gateway.simulators.homebox.requests().length
    const { body: listed } = await gateway.api('GET /v1/branches?limit=100')
    expect(gateway.simulators.homebox.requests().length).toBeGreaterThan(made)
    const lost = listed.data.find((row: { reference_number: string }) => row.reference_number === 'lost')
    expect(lost.provider_ids).toHaveLength(1)
  })

  test('is the branch that a person names, unless that is another one', async () => {
    const { body: other } = await create()
    gateway.simulators.homebox.arm({ fault: 'answer-lost', operation: 'branches.create' })
    const { body: lost } = await create({ metadata: { region: 'south' } })
    const resolve = (provider_id: string) =>
      gateway.api(`POST /v1/operations/${lost.id}/resolve`, { body: { outcome: 'happened', provider_id } })
    const { errors } = expectProblem(await resolve(other.provider_ids[0]), 'validation_failed')
    expect(errors).toMatchObject([{ pointer: '/provider_id', code: 'taken' }])
    const theirs = String(Number(other.provider_ids[0]) + 1)
    expect((await resolve(theirs)).status).toBe(200)
    const { body: branch } = await gateway.api(`GET /v1/branches/${lost.resource}`)
    expect(branch).toMatchObject({ provider_ids: [theirs], metadata: { region: 'south' } })
  })

  test('leaves nothing behind when Homebox refuses', async () => {
    gateway.simulators.homebox.arm({ fault: 'refused', operation: 'branches.create' })
    const answer = await create()
    expectProblem(answer, 'provider_rejected')
    const { resource } = (await gateway.api(`GET /v1/operations/${answer.body.resource}`)).body
    expectProblem(await gateway.api(`GET /v1/branches/${resource}`), 'not_found')
  })

  test.each([
    ['/name', { name: null }],
    ['/email', { email: 'nobody' }],
    ['/theme_color_primary', { theme_color_primary: 'green' }],
    ['/logo', { logo: 'logo.png' }],
    ['/management_fee', { management_fee: '1' }],
  ])('refuses what is wrong at %s, and sends nothing', async (pointer, changes) => {
    const sent = await heard(async () => {
      const { errors } = expectProblem(await create(changes), 'validation_failed')
      expect(errors?.map(error => error.pointer)).toEqual([pointer])
    })
    expect(sent).toEqual([])
  })

  test('with preview=true shows what would be sent and set off, and sends nothing', async () => {
    const sent = await heard(async () => {
      const { status, body } = await create({}, '?preview=true')
      expect([status, body.requests[0].path]).toEqual([200, '/api/partner/child/store'])
      expect(body.side_effects).toEqual(['e-mails the branch an invitation to set up its account'])
    })
    expect(sent).toEqual([])
  })
})

describe('PATCH /v1/branches/{branch_id}', () => {
  test('sends only what changes, and answers the branch as changed', async () => {
    const { body: made } = await create()
    const sent = await heard(async () => {
      const body = { name: 'Child Partner Renamed', theme_color_primary: null }
      const { status, body: changed } = await gateway.api(`PATCH /v1/branches/${made.id}`, { body })
      expect([status, changed]).toEqual([
        200,
        { ...made, name: 'Child Partner Renamed', management_fee: '25', updated_at: expect.any(String) },
      ])
    })
    const path = `POST /child/${made.provider_ids[0]}`
    expect(sent).toEqual([[path, { name: 'Child Partner Renamed' }]])
    const { body: read } = await gateway.api(`GET /v1/branches/${made.id}?include=provider_data`)
    expect(read).toMatchObject({ name: 'Child Partner Renamed', provider_data: { homebox: { data: {} } } })
  })

  test('is 202 with the operation when the answer is lost, and one at a time', async () => {
    const { body: made } = await create()
    gateway.simulators.homebox.arm({ fault: 'answer-lost', operation: 'branches.update' })
    const { status, body } = await gateway.api(`PATCH /v1/branches/${made.id}`, { body: { name: 'Lost' } })
    expect([status, body.operation, body.resource]).toEqual([202, 'branches.update', made.id])
    expect((await gateway.api(`GET /v1/branches/${made.id}`)).body.name).toBe('Lost')
  })

  test.each([
    ['', {}],
    ['/name', { name: '' }],
    ['/email', { name: 'New', email: 'new@example.net' }],
  ])('refuses what is wrong at "%s"', async (pointer, body) => {
    const { body: made } = await create()
    const { errors } = expectProblem(
      await gateway.api(`PATCH /v1/branches/${made.id}`, { body }),
      'validation_failed',
    )
    expect(errors?.map(error => error.pointer)).toEqual([pointer])
  })

  test('with preview=true shows what would be sent, and sends nothing', async () => {
    const { body: made } = await create()
    const sent = await heard(async () => {
      const path = `PATCH /v1/branches/${made.id}?preview=true` as const
      const { body } = await gateway.api(path, { body: { name: 'New' } })
      expect(body.requests[0].body).toEqual({ name: 'New' })
    })
    expect(sent).toEqual([])
  })
})

describe('branches', () => {
  test('are listed in the order of Homebox, each with the id that it has', async () => {
    const { body: made } = await create()
    const { body: all } = await gateway.api('GET /v1/branches?limit=100')
    expect(all.data.at(-1)).toEqual({ ...made, updated_at: expect.any(String) })
    const { body: first } = await gateway.api('GET /v1/branches?limit=2')
    const { body: second } = await gateway.api(`GET /v1/branches?limit=100&cursor=${first.next_cursor}`)
    const ids = [...first.data, ...second.data].map(({ id }: { id: string }) => id)
    expect(ids).toEqual(all.data.map(({ id }: { id: string }) => id))
  })

  test('need a connection of the account itself', async () => {
    const { body: made } = await create()
    const { key } = await seedKey(gateway)
    const sent = await heard(async () => {
      expectProblem(await gateway.api('GET /v1/branches', { key }), 'provider_not_connected')
      expectProblem(await gateway.api('POST /v1/branches', { key, body: branch }), 'provider_not_connected')
      expectProblem(await gateway.api(`GET /v1/branches/${made.id}`, { key }), 'not_found')
      const body = { name: 'Mine' }
      expectProblem(await gateway.api(`PATCH /v1/branches/${made.id}`, { key, body }), 'not_found')
    })
    expect(sent).toEqual([])
  })
})
