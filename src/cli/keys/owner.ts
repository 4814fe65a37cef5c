import type { KeyOwner } from '#accounts/key-store'
import { isAccount } from '#accounts/store'
import type { Actor } from '#audit/append-audit'
import { CommandFailure } from '#cli/command-failure'
import type { Installation } from '#cli/installation'
import { uuidOf } from '#values/ids'

export interface OwnerOption {
  /** The account whose keys are meant; the installation's own when left out. */
  readonly account?: string
}

/** Whose keys a command is about. Throws CommandFailure when there is no such account. */
export async function ownerOf(
  { database, owner }: Installation,
  { account }: OwnerOption,
): Promise<KeyOwner> {
  if (account === undefined) return owner
  const accountId = uuidOf('account', account)
  if (await isAccount(database.sql, accountId)) return { accountId, mode: owner.mode }
  throw new CommandFailure(`There is no account ${account}: see accounts.created in the audit log.`)
}

/** Whoever is at the command line. */
export function operatorOf(owner: KeyOwner): Actor {
  return { caller: { ...owner, keyId: null }, requestId: null }
}
