import type { Vault } from '#db/vault'
import type { Caller } from '#http/caller'

type Scope = Pick<Caller, 'accountId' | 'mode'>
type Marking = Pick<Vault, 'mac' | 'macs' | 'verifyMac'>

const PURPOSE = 'erased-person'

/** An e-mail address in whatever case, or a phone in E.164, as the account that erased it knows it. */
function marked({ accountId, mode }: Scope, value: string): string {
  return `${accountId}/${mode}/${value.toLowerCase()}`
}

/** What stays of an erased value: a keyed hash by which it is known again, and that says nothing to anybody else. */
export function markOf(vault: Marking, scope: Scope, value: string | null): Buffer | null {
  return value === null ? null : vault.mac(PURPOSE, marked(scope, value))
}

/** The marks that a value may have been left with, under each key that there is. */
export function marksOf(vault: Marking, scope: Scope, value: string): Buffer[] {
  return vault.macs(PURPOSE, marked(scope, value))
}

/** Whether a value is the one that was erased here. */
export type BearsMark = (mark: Uint8Array | null, value: string | null) => boolean

export function createBearsMark(vault: Marking, scope: Scope): BearsMark {
  return (mark, value) =>
    mark !== null && value !== null && vault.verifyMac(PURPOSE, marked(scope, value), mark)
}
