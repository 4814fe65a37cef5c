import { randomBytes, randomUUID } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ConfigError } from '#config'

const OWNER_ONLY = 0o600

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch {
    return null
  }
}

/** Writes once: when another process was quicker, its file stands. */
function keep(directory: string, name: string, content: string): string {
  const path = join(directory, name)
  const draft = `${path}.${randomUUID()}`
  try {
    mkdirSync(directory, { recursive: true })
    writeFileSync(draft, `${content}\n`, { mode: OWNER_ONLY, flag: 'wx' })
    // A link either appears whole or fails because the name is taken.
    linkSync(draft, path)
    return content
  } catch (cause) {
    const there = readIfThere(path)
    if (there !== null) return there
    throw new ConfigError([
      `BILLBRIDGE_DATA_DIR (${directory}) cannot be written: ${cause instanceof Error ? cause.message : 'unknown'}`,
    ])
  } finally {
    rmSync(draft, { force: true })
  }
}

const ENCRYPTION_KEY = 'encryption-key'

function toEncryptionKey(text: string, directory: string): Buffer {
  const key = Buffer.from(text, 'base64')
  if (key.length === 32) return key
  const path = join(directory, ENCRYPTION_KEY)
  throw new ConfigError([`${path} is damaged: set BILLBRIDGE_ENCRYPTION_KEY, or remove the data directory`])
}

/** The encryption key of a test installation, made on first use and kept beside its data. Throws ConfigError. */
export function keptEncryptionKey(directory: string): Buffer {
  return (
    foundEncryptionKey(directory) ??
    toEncryptionKey(keep(directory, ENCRYPTION_KEY, randomBytes(32).toString('base64')), directory)
  )
}

/** The same where it was made already; null otherwise, and nothing is made. Throws ConfigError. */
export function foundEncryptionKey(directory: string): Buffer | null {
  const text = readIfThere(join(directory, ENCRYPTION_KEY))
  return text === null ? null : toEncryptionKey(text, directory)
}

/** Where the key of a test installation is kept, so that its own command lines can use it without showing it. */
export function apiKeyFile(directory: string): string {
  return join(directory, 'api-key')
}

export function keepApiKey(directory: string, key: string): void {
  mkdirSync(directory, { recursive: true })
  writeFileSync(apiKeyFile(directory), `${key}\n`, { mode: OWNER_ONLY })
}
