import { z } from 'zod'
import type { SealedColumn } from '#db/sealed-columns'
import { type Vault, VaultError } from '#db/vault'

/** In the provider's own names. */
export type Credentials = Readonly<Record<string, string>>

const Stored = z.record(z.string(), z.string())

/** Where credentials are sealed to, so that no other connection's can stand in for them. */
const contextOf = (connectionUuid: string) => `connections/${connectionUuid}/credentials`

export const sealedCredentials: SealedColumn = {
  table: 'connections',
  column: 'credentials',
  contextOf: ({ id = '' }) => contextOf(id),
}

export function sealCredentials(vault: Vault, connectionUuid: string, credentials: Credentials): Buffer {
  return vault.seal(JSON.stringify(credentials), contextOf(connectionUuid))
}

/** Null when no key of ours opens them. */
export function openCredentials(
  vault: Vault,
  connectionUuid: string,
  sealed: Uint8Array,
): Credentials | null {
  try {
    return Stored.parse(JSON.parse(vault.open(sealed, contextOf(connectionUuid)).toString('utf8')))
  } catch (err) {
    if (err instanceof VaultError) return null
    throw err
  }
}
