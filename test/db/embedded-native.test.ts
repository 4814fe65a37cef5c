import { execFileSync } from 'node:child_process'
import { chmod, chown, cp, mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { locatePackage, nativeBinaries } from '#db/embedded-native'

const NOBODY = { uid: 65534, gid: 65534 }
const isRoot = process.getuid?.() === 0
const platform = `${process.platform}-${process.arch}`

let root: string

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'billbridge-native-'))
  await chmod(root, 0o755)
})

afterEach(() => rm(root, { recursive: true, force: true }))

/** The package as npm unpacks it below root's own home. */
async function packageInPrivateHome(): Promise<string> {
  const home = join(root, 'home')
  await mkdir(home, { mode: 0o700 })
  const filter = (path: string) => !path.endsWith('/share')
  await cp(locatePackage(platform), join(home, 'package'), { recursive: true, filter })
  return join(home, 'package')
}

/** A package whose server is this script. */
async function packageOf(script: string): Promise<string> {
  await mkdir(join(root, 'package/native/bin'), { recursive: true })
  await writeFile(join(root, 'package/package.json'), '{ "version": "1.0.0" }')
  await writeFile(join(root, 'package/native/pg-symlinks.json'), '[]')
  await writeFile(join(root, 'package/native/bin/postgres'), script, { mode: 0o755 })
  return join(root, 'package')
}

test('uses the binaries where npm put them', async () => {
  const packaged = await packageOf('#!/bin/sh\nexit 0\n')
  expect(await nativeBinaries({}, join(root, 'cache'), packaged)).toBe(join(packaged, 'native'))
})

test.runIf(isRoot)(
  'copies binaries that the server may not reach, once, with their library links',
  async () => {
    const packaged = await packageInPrivateHome()
    const cache = join(root, 'cache')
    const first = await nativeBinaries(NOBODY, cache, packaged)
    const made = await stat(first)
    expect(first.startsWith(`${cache}/postgres-`)).toBe(true)
    expect(String(execFileSync(join(first, 'bin/postgres'), ['--version'], NOBODY))).toContain(
      'PostgreSQL) 18',
    )

    expect(await nativeBinaries(NOBODY, cache, packaged)).toBe(first)
    expect((await stat(first)).ino).toBe(made.ino)
  },
)

test.runIf(isRoot)('does not run a copy that somebody else put there', async () => {
  const packaged = await packageOf('#!/bin/sh\nexit 1\n')
  const planted = join(root, 'cache/postgres-1.0.0')
  await mkdir(join(planted, 'native/bin'), { recursive: true })
  await writeFile(join(planted, 'native/bin/postgres'), '#!/bin/sh\nexit 0\n', { mode: 0o755 })
  await chown(planted, NOBODY.uid, NOBODY.gid)
  await expect(nativeBinaries(NOBODY, join(root, 'cache'), packaged)).rejects.toThrow(
    `The embedded database cannot start: its binaries cannot be copied: ${planted} was not made by this user and is not trusted. Set DATABASE_URL to use a Postgres of your own.`,
  )
})

test('says in one line that a system without glibc needs another database', async () => {
  const packaged = await packageOf('#!/lib/no-such-loader.so\n')
  await expect(nativeBinaries({}, join(root, 'cache'), packaged)).rejects.toThrow(
    'The embedded database cannot start: its binaries do not run here: they need the C library glibc. Set DATABASE_URL to use a Postgres of your own.',
  )
})

test('says in one line that a platform has no binaries', () => {
  expect(() => locatePackage('win32-x64')).toThrow(
    'The embedded database cannot start: there are no Postgres binaries installed for win32-x64. Set DATABASE_URL to use a Postgres of your own.',
  )
})
