import type { SealedColumn } from '#db/sealed-columns'
import type { Vault } from '#db/vault'

const CHECK_TEXT = 'billbridge'
const contextOf = (accountId: string) => `accounts/${accountId}/vault_check`

export const sealedVaultCheck: SealedColumn = {
  table: 'accounts',
  column: 'vault_check',
  contextOf: ({ id = '' }) => contextOf(id),
}

/**
 * Whether a vault has the key that a database was written with: `unused` while nothing was, `fits_later_key` when the
 * key is one of ours but not the first, `foreign` when it is none of ours.
 */
export type VaultFit = 'unused' | 'fits' | 'fits_later_key' | 'foreign'

export function checkVaultFit(
  vault: Vault,
  { id, vault_check: check }: { readonly id: string; readonly vault_check: Uint8Array | null },
): VaultFit {
  if (check === null) return 'unused'
  try {
    vault.open(check, contextOf(id))
    return vault.needsRotation(check) ? 'fits_later_key' : 'fits'
  } catch {
    return 'foreign'
  }
}

/** What `checkVaultFit` opens later, sealed with the first key. */
export function sealVaultCheck(vault: Vault, accountId: string): Buffer {
  return vault.seal(CHECK_TEXT, contextOf(accountId))
}
