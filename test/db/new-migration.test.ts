import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { createEmptyDatabase, type TestDatabase } from '#test/database'

const PROGRAM = resolve('scripts/new-migration.ts')

const MODELS = `
model Thing {
  id    Int    @id
  name  String
  @@index([name])
  @@map("things")
}
`
const BY_HAND = `
ALTER TABLE things ADD CONSTRAINT named CHECK (name <> '');
CREATE UNIQUE INDEX one_star ON things (name) WHERE name LIKE '*%';
CREATE INDEX any_case ON things (lower(name));
CREATE FUNCTION star() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.name := '*'; RETURN NEW; END $$;
`

let server: TestDatabase
let project: string

beforeAll(async () => {
  server = await createEmptyDatabase()
})

beforeEach(async () => {
  project = await mkdtemp(join(tmpdir(), 'billbridge-schema-'))
  await mkdir(join(project, 'prisma/models'), { recursive: true })
  await cp('prisma/schema.prisma', join(project, 'prisma/schema.prisma'))
  await writeFile(join(project, 'prisma/models/things.prisma'), MODELS)
})

afterEach(() => rm(project, { recursive: true }))

afterAll(() => server.drop())

async function run(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const env = { ...process.env, DATABASE_URL: server.url }
  try {
    return {
      code: 0,
      ...(await promisify(execFile)(process.execPath, [PROGRAM, ...args], { cwd: project, env })),
    }
  } catch (err) {
    const { code, stdout, stderr } = Object.assign({ code: -1, stdout: '', stderr: '' }, err)
    return { code, stdout, stderr }
  }
}

test('writes the migration that the models ask for, which then agrees with them, additions by hand included', async () => {
  expect(await run('--check')).toMatchObject({
    code: 1,
    stdout: expect.stringContaining('CREATE TABLE "things"'),
  })

  expect(await run('things')).toMatchObject({ code: 0 })
  const folder = join(project, 'prisma/migrations')
  const name = (await readdir(folder)).find(entry => /^\d{14}_things$/.test(entry)) ?? 'none'
  const file = join(folder, name, 'migration.sql')
  await writeFile(file, (await readFile(file, 'utf8')) + BY_HAND)
  expect(await run('--check')).toEqual({ code: 0, stdout: 'Models and migrations agree.\n', stderr: '' })
})

test('refuses to compare when it finds no model', async () => {
  await rm(join(project, 'prisma/models'), { recursive: true })
  expect(await run('--check')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('prisma holds no model'),
  })
})

test('says what Postgres thinks of a migration that does not apply', async () => {
  await mkdir(join(project, 'prisma/migrations/1_wrong'), { recursive: true })
  await writeFile(join(project, 'prisma/migrations/1_wrong/migration.sql'), 'CREATE TABEL things ();')
  const { code, stderr } = await run('--check')
  expect(code).toBe(1)
  expect(stderr).toContain('1_wrong')
  expect(stderr).toContain('syntax error at or near "TABEL"')
})

test('wants a name in snake_case', async () => {
  expect(await run('../escape')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('a name in snake_case'),
  })
})
