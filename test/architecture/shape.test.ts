import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDatabase, type Database } from '#db/client'
import { effects } from '#providers/port/index'
import { sealedProviders } from '#providers/registry'
import { createTestDatabase, type TestDatabase } from '#test/database'

interface Import {
  /** Without `src/` and `.ts`, as `http/list`. */
  readonly from: string
  readonly to: string
  readonly typeOnly: boolean
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.ts') && !name.startsWith('generated'))
    .map(name => join(folder, name))
    .sort()
}

const sources = filesIn('src').map(path => ({ path, text: readFileSync(path, 'utf8') }))
const IMPORT = /^(?:import|export)\s+(type\s)?[^;]*?from '([^']+)'|\bimport\('([^']+)'\)/gm

const imports = sources.flatMap(({ path, text }): Import[] => {
  const from = path.slice('src/'.length, -'.ts'.length)
  return [...text.matchAll(IMPORT)].map(([, type, named = '', dynamic]) => ({
    from,
    to: dynamic ?? named,
    typeOnly: type !== undefined,
  }))
})
const inner = imports
  .filter(({ to }) => to.startsWith('#'))
  .map(found => ({ ...found, to: found.to.slice(1) }))

const isIn = (module: string, place: string) => module === place || module.startsWith(`${place}/`)
const show = ({ from, to }: Import) => `${from} → ${to}`

/** Imports out of `place` that go anywhere but to itself and to `allowed`. */
function strays(place: string, allowed: readonly string[]): string[] {
  const targets = [place, ...allowed]
  return inner
    .filter(({ from, to }) => isIn(from, place) && !targets.some(target => isIn(to, target)))
    .map(show)
}

const ADAPTERS = readdirSync('src/providers')
  .filter(name => name !== 'port' && existsSync(`src/providers/${name}/index.ts`))
  .map(name => `providers/${name}`)

describe('imports', () => {
  test('are there to be checked', () => {
    expect(inner.length).toBeGreaterThan(500)
    expect(ADAPTERS).toHaveLength(Object.keys(sealedProviders).length)
    for (const folder of ['values', 'contract', 'http', 'resources', 'simulators', ...ADAPTERS])
      expect(inner.filter(({ from }) => isIn(from, folder)).length, folder).toBeGreaterThan(0)
  })

  test.each([
    ['values', []],
    ['contract', ['values']],
    ['providers/port', ['values', 'contract', 'providers/provider-error']],
    ...ADAPTERS.map(
      adapter =>
        [
          adapter,
          ['values', 'contract', 'providers/port', 'providers/provider-error', 'providers/answer-schemas'],
        ] as const,
    ),
    ['providers', ['values', 'contract', 'observability']],
    ['simulators', ['values']],
    ['db', ['config', 'generated']],
    ['config', ['contract']],
    ['observability', []],
    ['http', ['values', 'contract', 'accounts', 'config', 'db', 'observability', 'providers/provider-error']],
    ['accounts', ['values', 'contract', 'audit', 'config', 'db', 'http']],
    ['audit', ['values', 'db', 'http']],
  ] as const)('out of %s go only to %j', (place, allowed) => {
    expect(strays(place, allowed)).toEqual([])
  })

  test('out of one resource never go to the store of another', () => {
    const resourceOf = (module: string) => module.split('/')[1]
    const found = inner.filter(
      ({ from, to }) =>
        isIn(from, 'resources') && /^resources\/.*\bstore$/.test(to) && resourceOf(from) !== resourceOf(to),
    )
    expect(found.map(show)).toEqual([])
  })

  test('of resources are made by the top alone', () => {
    const tops = ['app', 'services', 'start', 'cli', 'jobs', 'resources', 'journaled-resources']
    const found = inner.filter(({ from, to }) => isIn(to, 'resources') && !tops.some(top => isIn(from, top)))
    expect(found.map(show)).toEqual([])
  })

  test('of the composition root are of its types, but for whoever starts the service', () => {
    const found = inner.filter(
      ({ from, to, typeOnly }) => to === 'services' && !typeOnly && from !== 'start' && !isIn(from, 'cli'),
    )
    expect(found.map(show)).toEqual([])
  })

  test('of a database never are in an adapter, and of simulators only where they are started', () => {
    const found = inner.filter(
      ({ from, to }) =>
        (isIn(from, 'providers') && (isIn(to, 'db') || isIn(to, 'http'))) ||
        (isIn(to, 'simulators') && !['simulators', 'start', 'cli'].some(place => isIn(from, place))),
    )
    expect(found.map(show)).toEqual([])
  })

  test('are never relative', () => {
    expect(imports.filter(({ to }) => to.startsWith('.')).map(show)).toEqual([])
  })
})

describe('a source file', () => {
  test('has at most 300 lines', () => {
    const long = sources.filter(({ text }) => text.split('\n').length > 301)
    expect(long.map(({ path }) => path)).toEqual([])
  })

  test('reads the environment in config.ts alone', () => {
    const reading = sources.filter(({ text }) =>
      /process\s*\.\s*env\b|process\[|import\.meta\.env/.test(text),
    )
    expect(reading.map(({ path }) => path)).toEqual(['src/config.ts'])
  })

  test('is named after what is in it', () => {
    const vague = /^(utils?|helpers?|common|managers?|misc|shared)\b|-(utils?|helpers?|managers?)\b/
    const paths = [...sources.map(({ path }) => path), ...filesIn('test')]
    expect(paths.filter(path => vague.test(basename(path)))).toEqual([])
    expect(paths.filter(path => !/^[a-z0-9.-]+$/.test(basename(path)))).toEqual([])
  })
})

describe('an operation', () => {
  const inPort = filesIn('src/providers/port').flatMap(path =>
    [...readFileSync(path, 'utf8').matchAll(/^ {2}'([a-zA-Z_]+\.[a-zA-Z_]+)': \(/gm)].map(
      match => match[1] ?? '',
    ),
  )

  test('of the port has an effect, and no other has', () => {
    expect(inPort.toSorted()).toEqual(Object.keys(effects).toSorted())
  })

  test('that a provider implements is one of the port', () => {
    for (const { id, supports } of Object.values(sealedProviders)) {
      expect(
        [...supports].filter(operation => !inPort.includes(operation)),
        id,
      ).toEqual([])
    }
  })
})

describe('a table', () => {
  let server: TestDatabase
  let database: Database
  beforeAll(async () => {
    server = await createTestDatabase()
    database = createDatabase({ connectionString: server.url })
  })
  afterAll(async () => {
    await database.close()
    await server.drop()
  })

  /** The first column of every row. */
  async function column(text: string): Promise<string[]> {
    const { rows } = await database.sql.query<{ found: string }>(text)
    return rows.map(row => row.found)
  }
  const OURS = `table_schema = 'public' AND table_name <> '_prisma_migrations'`

  test('keeps every instant with its zone and to the millisecond', async () => {
    const instants = `SELECT table_name || '.' || column_name AS found FROM information_schema.columns
      WHERE ${OURS} AND data_type LIKE 'timestamp%'`
    expect((await column(instants)).length).toBeGreaterThan(20)
    expect(
      await column(`${instants} AND (data_type <> 'timestamp with time zone' OR datetime_precision <> 3)`),
    ).toEqual([])
  })

  test.each(['account_id', 'mode'])('says whose it is: %s', async name => {
    // A provider counts per credentials, whichever accounts share them.
    const lacking = `SELECT table_name AS found FROM information_schema.tables t
      WHERE ${OURS} AND table_name NOT IN ('accounts', 'provider_ledgers') AND NOT EXISTS (
        SELECT 1 FROM information_schema.columns c
        WHERE c.table_name = t.table_name AND c.column_name = '${name}' AND c.is_nullable = 'NO')`
    expect(await column(lacking)).toEqual([])
  })

  test('is keyed by a UUID', async () => {
    const keyed = `SELECT c.table_name AS found FROM information_schema.table_constraints t
      JOIN information_schema.key_column_usage k USING (constraint_name, table_name)
      JOIN information_schema.columns c USING (table_name, column_name)
      WHERE t.constraint_type = 'PRIMARY KEY' AND c.column_name = 'id' AND c.data_type = 'uuid' ORDER BY 1`
    expect(await column(keyed)).toEqual(
      await column(`SELECT table_name AS found FROM information_schema.tables WHERE ${OURS} ORDER BY 1`),
    )
  })

  test('keeps nothing in a float or in money', async () => {
    const inexact = `SELECT table_name || '.' || column_name AS found FROM information_schema.columns
      WHERE ${OURS} AND data_type IN ('real', 'double precision', 'money')`
    expect(await column(inexact)).toEqual([])
  })
})
