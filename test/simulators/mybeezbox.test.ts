import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { RunningSimulator } from '#simulators/core/simulator'
import { startMybeezboxSimulator } from '#simulators/mybeezbox/index'
import { ask, clientOf, type SimulatorClient } from '#test/simulator-client'
import { languages } from '#values/languages'

const Token = z.object({ token: z.string().regex(/^[\da-f]{40}$/) })

async function clientAt(simulator: RunningSimulator): Promise<SimulatorClient> {
  const reply = await ask(`${simulator.url}/token/`, 'POST', { json: simulator.credentials })
  return clientOf(simulator, { authorization: `Token ${Token.parse(reply.body).token}` })
}

const inEight = (field: string, text: string) =>
  Object.fromEntries(languages.map(language => [`${field}_${language}`, text]))
const category = {
  ...inEight('name', 'Category'),
  ...inEight('description', 'Description'),
  partner_uuid: 'baf5a0f2-4b5b-422d-9a1b-2fc636e89b45',
}
const CATEGORIES = '/voucheroptioncategories/'

let simulator: RunningSimulator
let client: SimulatorClient
beforeAll(async () => {
  simulator = await startMybeezboxSimulator({ firstId: 5_001 })
  client = await clientAt(simulator)
})
afterAll(() => simulator.stop())

describe('access', () => {
  it.each([
    [
      { username: 'somebody', password: 'else' },
      { non_field_errors: ['Unable to log in with provided credentials.'] },
    ],
    [{ username: 'somebody' }, { password: ['This field is required.'] }],
  ])('is refused to %j', async (json, body) => {
    expect(await ask(`${simulator.url}/token/`, 'POST', { json })).toMatchObject({ status: 400, body })
  })

  it.each([
    [{}, 'Authentication credentials were not provided.'],
    [{ authorization: 'Token 0123456789' }, 'Invalid token.'],
    [{ authorization: 'Bearer 0123456789' }, 'Authentication credentials were not provided.'],
  ])('needs a token in its own words: %j', async (headers, detail) => {
    expect(await ask(`${simulator.url}/giftcards/`, 'GET', { headers })).toMatchObject({
      status: 401,
      body: { detail },
    })
  })
})

describe('a request', () => {
  it.each([
    ['a language missing', { name_ca: undefined }, { name_ca: ['This field is required.'] }],
    ['an unknown field', { surprise: 1 }, { surprise: ['Unknown field.'] }],
  ])('with %s is refused', async (_what, change, body) => {
    const reply = await client.post(CATEGORIES, { ...category, ...change })
    expect(reply).toMatchObject({ status: 400, body })
  })

  it('with a query that is not documented, or at a path that is not there, is refused', async () => {
    expect(await client.get('/giftcards/?code=1')).toMatchObject({
      status: 400,
      body: { code: ['Unknown parameter.'] },
    })
    expect(await client.get('/giftcards')).toMatchObject({ status: 404, body: { detail: 'Not found.' } })
  })
})

it('keeps what it is told, over a restart', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'billbridge-beez-'))
  const stateFile = join(folder, 'mybeezbox.jsonl')
  const first = await startMybeezboxSimulator({ stateFile })
  const made = await (await clientAt(first)).post(CATEGORIES, category)
  await first.stop()
  const second = await startMybeezboxSimulator({ stateFile })
  const { id } = z.object({ id: z.int() }).parse(made.body)
  expect((await (await clientAt(second)).get(`${CATEGORIES}${id}/`)).body).toEqual(made.body)
  await second.stop()
  rmSync(folder, { recursive: true })
})

it('pages its vouchers as the document shows, and ends', async () => {
  const pages = await Promise.all([1, 2, 3].map(page => client.get(`/vouchers/?page=${page}`)))
  expect(pages.map(({ body }) => body)).toMatchObject([
    {
      count: 25,
      previous: null,
      has_previous: false,
      has_next: true,
      current_page: 1,
      page_range: [1, 2, 3],
    },
    { count: 25, previous: 1, has_previous: true, has_next: true, current_page: 2 },
    { count: 25, previous: 2, has_previous: true, has_next: false, current_page: 3 },
  ])
  expect((await client.get('/vouchers/?page=4')).status).toBe(404)
})

it('fails as a name or a code says', async () => {
  const struck = { ...category, name_en: 'Category Zz-Unavailable' }
  expect((await client.post(CATEGORIES, struck)).status).toBe(503)
  expect((await client.get('/vouchers_by_code/Zz-Forbidden/')).status).toBe(403)
  expect((await client.get('/vouchers_by_code/nobody/')).status).toBe(404)
})
