import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runCli } from '#test/cli-process'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'billbridge-import-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

function fileWith(name: string, value: unknown): string {
  const file = join(folder, name)
  writeFileSync(file, typeof value === 'string' ? value : JSON.stringify(value))
  return file
}

const openapi = {
  openapi: '3.0.0',
  servers: [{ url: 'https://api.example.com' }],
  paths: {
    '/api/giftcards/{card_id}': { get: { summary: 'One card' }, parameters: [] },
    '/api/giftcards': { get: { operationId: 'giftcards_list' } },
    '/api/cards/all': { get: { operationId: 'boxesList' } },
    '/api/options/{pk}/': { put: { summary: 'Update option by its ID' } },
    '/api/old/': { post: { summary: 'Create an option', deprecated: true } },
    '/api/new/': { post: { summary: 'Create an option' } },
    '/api/login/{realm}/': { post: { summary: 'Fetch your API token' } },
    '/api/a/': { get: { summary: 'Get all boxes' } },
    '/api/use/{a}/': { post: { summary: 'Use a network giftcard by code' } },
    '/api/use/{b}/mybb/': { post: { summary: 'Use a network giftcard by code' } },
  },
}

const run = (...args: string[]) => runCli(['providers', 'import', 'mybeezbox', ...args])

test('paths are found by their shape, by operation id and by summary, under our names', async () => {
  const { code, stdout, stderr } = await run(fileWith('openapi.json', openapi))
  expect(code).toBe(0)
  expect(JSON.parse(stdout)).toEqual({
    'giftcards.list': { method: 'GET', path: '/api/giftcards' },
    'giftcards.get': { method: 'GET', path: '/api/giftcards/{id}' },
    'options.create': { method: 'POST', path: '/api/new/' },
    'options.update': { method: 'PUT', path: '/api/options/{id}/' },
    'boxes.list': { method: 'GET', path: '/api/cards/all' },
  })
  expect(stderr).toContain('5 of 67 operations found.')
  expect(stderr).toContain('not found: auth.token POST /api/login/{realm}/ takes other parameters')
  expect(stderr).toContain(
    'not found: networkGiftcards.use may be POST /api/use/{a}/ or POST /api/use/{b}/mybb/',
  )
  expect(stderr).toContain('not found: payments.refund is not there')
  expect(stderr).toContain('MYBEEZBOX_BASE_URL must be https://api.example.com')
})

test('a file that is there keeps what was not found', async () => {
  const kept = { 'auth.scheme': 'Bearer', 'auth.token': { method: 'POST', path: '/api/login/' } }
  const file = fileWith('operations.json', kept)
  const { code, stdout } = await run(fileWith('openapi.json', openapi), '--write', file)
  expect({ code, stdout }).toEqual({ code: 0, stdout: '' })
  const written = JSON.parse(readFileSync(file, 'utf8'))
  expect(written).toMatchObject({ ...kept, 'giftcards.list': { method: 'GET', path: '/api/giftcards' } })
})

test.each([
  ['is no JSON', 'openapi: 3.0.0', /cannot be read as JSON/],
  ['has no paths', { openapi: '3.0.0' }, /is no OpenAPI file: it has no paths/],
])('a file that %s is refused', async (_what, content, words) => {
  const { code, stdout, stderr } = await run(fileWith('wrong.json', content))
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
  expect(stderr.join('\n')).toMatch(words)
})
