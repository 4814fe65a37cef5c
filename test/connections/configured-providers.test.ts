import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ConfigError } from '#config'
import { configuredProviders } from '#connections/configured-providers'
import { sealedProviders } from '#providers/registry'
import { startTestGateway } from '#test/gateway'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'billbridge-operations-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

function fileWith(value: unknown): string {
  const file = join(folder, 'operations.json')
  writeFileSync(file, JSON.stringify(value))
  return file
}

function mistakesWith(mybeezboxOperationsFile: string): readonly string[] {
  try {
    configuredProviders({ mybeezboxOperationsFile })
    return []
  } catch (err) {
    if (err instanceof ConfigError) return err.lines
    throw err
  }
}

test('without a file the providers are those of the registry', () => {
  expect(configuredProviders({ mybeezboxOperationsFile: null })).toBe(sealedProviders)
})

test('every mistake in the file is one line that names the variable', () => {
  const file = fileWith({ 'giftcards.lst': {}, 'auth.scheme': '' })
  expect(mistakesWith(file)).toEqual([
    'MYBEEZBOX_OPERATIONS_FILE auth.scheme must be one word',
    'MYBEEZBOX_OPERATIONS_FILE giftcards.lst is no operation of MyBeezBox',
  ])
  const missing = join(folder, 'none.json')
  expect(mistakesWith(missing)).toEqual([`MYBEEZBOX_OPERATIONS_FILE cannot be read: ${missing}`])
})

test('the running gateway asks where the file says', async () => {
  const file = fileWith({ 'giftcards.get': { method: 'GET', path: '/v2/cards/{id}/' } })
  const gateway = await startTestGateway({ environment: { MYBEEZBOX_OPERATIONS_FILE: file } })
  await gateway.api('GET /v1/gift-cards/1')
  await gateway.close()
  expect(gateway.simulators.mybeezbox.requests().map(({ path }) => path)).toEqual(['/token/', '/v2/cards/1/'])
})
