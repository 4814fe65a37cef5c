import { execFileSync } from 'node:child_process'
import { chmod, chown, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { startEmbedded } from '#db/embedded'
import { EmbeddedDatabaseError } from '#db/embedded-error'
import { type EmbeddedProcess, spawnEmbedded } from '#test/embedded-process'
import { PATIENCE } from '#test/patience'

const NOBODY = { uid: 65534, gid: 65534 }
const isRoot = process.getuid?.() === 0

/** A cluster that exists, for tests that do not care how it began. */
let shared: string
let root: string
let children: EmbeddedProcess[]

beforeAll(async () => {
  shared = await mkdtemp(join(tmpdir(), 'billbridge embedded '))
  await (await start(shared)).stop()
})

afterAll(() => rm(shared, { recursive: true, force: true }))

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'billbridge embedded '))
  children = []
})

afterEach(async () => {
  for (const child of children) await child.kill('SIGKILL')
  await rm(root, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
})

function spawnIn(directory: string, task = '', as = {}): EmbeddedProcess {
  const child = spawnEmbedded([directory, task], as)
  children.push(child)
  return child
}

async function ask(url: string, statement: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(statement)).rows
  } finally {
    await client.end()
  }
}

async function start(directory: string, lines: string[] = []) {
  return await startEmbedded(directory, line => lines.push(line))
}

async function failure(directory: string): Promise<string> {
  const err: unknown = await start(directory).catch((cause: unknown) => cause)
  expect(err).toBeInstanceOf(EmbeddedDatabaseError)
  return err instanceof Error ? err.message : ''
}

test('keeps what was committed from one start to the next, and has nothing to say about it', async () => {
  const lines: string[] = []
  const first = await start(root, lines)
  await ask(first.url, 'CREATE TABLE kept AS SELECT 1 AS value')
  await first.stop()
  const second = await start(root, lines)
  expect(await ask(second.url, 'SELECT value FROM kept')).toEqual([{ value: 1 }])
  await second.stop()
  expect(lines).toEqual([])
})

test('is safe against power loss, listens on no network, is in UTC and has the same order everywhere', async () => {
  const database = await start(shared)
  const rows = await ask(
    database.url,
    `SELECT current_setting('fsync') AS fsync, current_setting('full_page_writes') AS pages,
       current_setting('synchronous_commit') AS commit, current_setting('listen_addresses') AS network,
       current_setting('TimeZone') AS zone, upper('é') AS upper, 'a' > 'B' AS by_code_point`,
  )
  await database.stop()
  const durable = { fsync: 'on', pages: 'on', commit: 'on' }
  expect(rows).toEqual([{ ...durable, network: '', zone: 'UTC', upper: 'É', by_code_point: true }])
})

test('stops while somebody is still connected', async () => {
  const database = await start(shared)
  const client = new pg.Client({ connectionString: database.url })
  const errors: Error[] = []
  client.on('error', err => errors.push(err))
  await client.connect()
  await database.stop()
  await expect.poll(() => errors[0], PATIENCE).toMatchObject({ code: '57P01' })
})

test('refuses a directory that another process uses, in one line that says what to do', async () => {
  const database = await start(shared)
  const second = spawnIn(shared)
  expect(await second.nextLine()).toBe(
    `${shared} is in use by another Billbridge process: stop that one, or set BILLBRIDGE_DATA_DIR or DATABASE_URL.`,
  )
  expect(await second.nextLine()).toBeNull()
  await database.stop()
})

test('refuses a second start in the same process without giving the directory away', async () => {
  const database = await start(shared)
  expect(await failure(shared)).toContain('is in use by another Billbridge process')
  expect(await spawnIn(shared).nextLine()).toContain('is in use by another Billbridge process')
  await database.stop()
})

test('says so when the server dies, and starts again', async () => {
  const lines: string[] = []
  const database = await start(shared, lines)
  process.kill(await serverPid(shared), 'SIGKILL')
  await expect.poll(() => lines, PATIENCE).toEqual(['The embedded database ended by itself: SIGKILL.'])
  await database.stop()
  await (await start(shared)).stop()
})

test('leaves no server behind when its process is killed', async () => {
  const child = spawnIn(shared)
  expect(await child.nextLine()).toMatch(/^ready /)
  const server = await serverPid(shared)
  await child.kill('SIGKILL')
  await expect.poll(() => isRunning(server), PATIENCE).toBe(false)
})

test('loses no acknowledged row when its process is killed in the middle of writing', async () => {
  const writer = spawnIn(shared, 'write')
  expect(await writer.nextLine()).toMatch(/^ready /)
  for (let acknowledged = 0; acknowledged < 200; ) acknowledged = Number(await writer.nextLine())
  await writer.kill('SIGKILL')
  let last = 200
  for (let line = await writer.nextLine(); line !== null; line = await writer.nextLine()) last = Number(line)

  const database = await start(shared)
  const rows = await ask(database.url, `SELECT count(*)::int AS kept FROM written WHERE number <= ${last}`)
  await database.stop()
  expect(rows).toEqual([{ kept: last }])
})

test('loses no acknowledged row when its process and the server are killed together', async () => {
  const writer = spawnIn(shared, 'write')
  expect(await writer.nextLine()).toMatch(/^ready /)
  for (let acknowledged = 0; acknowledged < 200; ) acknowledged = Number(await writer.nextLine())
  const server = await serverPid(shared)
  process.kill(server, 'SIGKILL')
  await writer.kill('SIGKILL')
  // A number that is alive again by the next start, as in a restarted container.
  const file = join(shared, 'postgres/postmaster.pid')
  await writeFile(file, (await readFile(file, 'utf8')).replace(/^\d+/, String(process.pid)))

  const database = await start(shared)
  const rows = await ask(database.url, 'SELECT count(*)::int AS kept FROM written WHERE number <= 200')
  await database.stop()
  expect(rows).toEqual([{ kept: 200 }])
})

test('works in a path that is too long for a socket', async () => {
  const directory = join(root, 'a long name '.repeat(10))
  const database = await start(directory)
  expect(await ask(database.url, 'SELECT 1 AS value')).toEqual([{ value: 1 }])
  await database.stop()
})

test('starts afresh when the very first start was killed half-way', async () => {
  await mkdir(join(root, 'postgres.new/base'), { recursive: true })
  await writeFile(join(root, 'postgres.new/PG_VERSION'), '18\n')
  const database = await start(root)
  await database.stop()
  expect((await readdir(root)).sort()).toEqual(['lock.db', 'postgres'])
})

test.runIf(isRoot)('works as root below a directory that only root can enter', async () => {
  const directory = join(root, 'home/clone/.billbridge')
  await mkdir(join(root, 'home'), { mode: 0o700 })
  const first = await start(directory)
  await ask(first.url, 'CREATE TABLE kept AS SELECT 1 AS value')
  await first.stop()
  const second = await start(directory)
  expect(await ask(second.url, 'SELECT value FROM kept')).toEqual([{ value: 1 }])
  await second.stop()
})

test.runIf(isRoot)('works as an ordinary user, also below a home that only he can enter', async ctx => {
  if (!canRead(NOBODY)) ctx.skip('this checkout lies where an ordinary user cannot read it')
  await chmod(root, 0o711)
  await mkdir(join(root, 'home'), { mode: 0o700 })
  await chown(join(root, 'home'), NOBODY.uid, NOBODY.gid)
  const child = spawnIn(join(root, 'home/.billbridge'), '', NOBODY)
  const line = await child.nextLine()
  expect(line).toMatch(/^ready /)
  const url = line?.replace('ready ', '') ?? ''
  expect(await ask(url, 'SELECT current_user AS name')).toEqual([{ name: 'billbridge' }])
})

test.runIf(isRoot)('continues as root what an ordinary user began, and leaves it to him', async ctx => {
  if (!canRead(NOBODY)) ctx.skip('this checkout lies where an ordinary user cannot read it')
  await chown(root, NOBODY.uid, NOBODY.gid)
  const child = spawnIn(root, '', NOBODY)
  expect(await child.nextLine()).toMatch(/^ready /)
  child.child.stdin?.write('stop')
  expect(await child.nextLine()).toBeNull()

  const database = await start(root)
  await database.stop()
  expect(await spawnIn(root, '', NOBODY).nextLine()).toMatch(/^ready /)
})

test.runIf(isRoot)('says in one line that a user is unknown to the system', async ctx => {
  const unknown = { uid: 54_321, gid: 54_321 }
  if (!canRead(unknown)) ctx.skip('this checkout lies where an ordinary user cannot read it')
  await chown(root, unknown.uid, unknown.gid)
  const child = spawnIn(root, '', unknown)
  expect(await child.nextLine()).toBe(
    'The embedded database cannot start: user 54321 has no entry in /etc/passwd. Set DATABASE_URL to use a Postgres of your own.',
  )
  expect(await child.nextLine()).toBeNull()
})

test.runIf(isRoot)('says in one line that the directory is not writable', async ctx => {
  if (!canRead(NOBODY)) ctx.skip('this checkout lies where an ordinary user cannot read it')
  await chmod(root, 0o755)
  expect(await spawnIn(root, '', NOBODY).nextLine()).toBe(
    `The embedded database cannot start: this user may not write in ${root}. Set DATABASE_URL to use a Postgres of your own.`,
  )
})

test.runIf(isRoot)('says in one line that the disk is full, at the first start and later', async ctx => {
  const disk = join(root, 'disk')
  await mkdir(disk)
  if (!mountSmall(disk, '24m')) ctx.skip('file systems cannot be mounted here')
  const message = `The embedded database cannot start: the disk of ${disk} is full. Set DATABASE_URL to use a Postgres of your own.`
  try {
    expect(await failure(disk)).toBe(message)
    execFileSync('mount', ['-o', 'remount,size=200m', disk])
    await (await start(disk)).stop()
    await writeFile(join(disk, 'filler'), Buffer.alloc(200_000_000)).catch(() => undefined)
    expect(await failure(disk)).toBe(message)
  } finally {
    execFileSync('umount', [disk])
  }
})

async function serverPid(directory: string): Promise<number> {
  return Number((await readFile(join(directory, 'postgres/postmaster.pid'), 'utf8')).split('\n')[0])
}

/** A zombie that nobody buries counts as ended. */
async function isRunning(pid: number): Promise<boolean> {
  const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ') Z')
  return !/\) Z/.test(status)
}

function canRead(as: { uid: number; gid: number }): boolean {
  try {
    execFileSync(process.execPath, ['--input-type=module', '-e', `import 'pg'`], { ...as, stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

function mountSmall(directory: string, size: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', directory], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
