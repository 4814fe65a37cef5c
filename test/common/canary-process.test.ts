import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { bank, heardIn, password, person } from '#test/canaries'
import { sing } from '#test/canary-traffic'
import { createLiveApi } from '#test/live-api'
import { startLiveGateway, temporaryFolder } from '#test/live-gateway'

/** As docs/simulators.md gives them. */
const credentials = {
  'Homebox token': 'homebox-simulator-token',
  'Housr key': 'housr-simulator-key',
  'One Utility Bill secret': 'one-utility-bill-simulator-secret',
}

interface Kept {
  readonly file: string
  readonly text: string
}

function filesBelow(folder: string): Kept[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .map(file => ({ file: file.slice(folder.length + 1), text: readFileSync(file, 'latin1') }))
}

test('the process writes no bank detail, no password and no secret to its log or its files, and people to the database only', {
  timeout: 90_000,
}, async ({ onTestFinished }) => {
  const folder = await temporaryFolder()
  onTestFinished(folder.remove)
  const gateway = await startLiveGateway(folder.path, { LOG_LEVEL: 'trace' })
  const api = createLiveApi(gateway.url, gateway.key)
  for (const fault of [null, 'refused', 'answer-lost'] as const) await sing(api, fault)
  expect(await gateway.end('SIGTERM')).toBe(0)

  const log = [...gateway.stdout, ...gateway.stderr].filter(line => !line.includes('shown only this once'))
  const secret = { ...bank, ...password, ...credentials, key: gateway.key }
  expect(log.length).toBeGreaterThan(300)
  expect(heardIn(log.join('\n'), { ...secret, ...person })).toEqual([])

  const files = filesBelow(join(folder.path, '.billbridge'))
  const inDatabase = files.filter(({ file }) => file.startsWith('postgres'))
  expect(
    inDatabase.flatMap(({ text }) => heardIn(text, { last: person['last name'] })).length,
  ).toBeGreaterThan(0)
  const places = files.flatMap(({ file, text }) => {
    const holdsPeople = file.startsWith('postgres') || file.startsWith('simulators')
    const canaries = holdsPeople ? secret : { ...secret, ...person }
    return heardIn(text, canaries).map(name => `${name} in ${file}`)
  })
  expect(places).toEqual(['key in api-key'])
})
