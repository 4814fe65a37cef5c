import { randomBytes } from 'node:crypto'
import type { SealedColumn } from '#db/sealed-columns'
import type { Vault } from '#db/vault'

/** Bytes; Standard Webhooks asks for 24 to 64. */
const SECRET_BYTES = 32

/** Where a webhook's secrets are sealed to. The previous one was the current one, and stays sealed as it was. */
const contextOf = (webhookUuid: string) => `webhooks/${webhookUuid}/secret`

const sealedTo = {
  table: 'webhooks',
  contextOf: ({ id = '' }) => contextOf(id),
} satisfies Partial<SealedColumn>
export const sealedSecrets: readonly SealedColumn[] = [
  { ...sealedTo, column: 'secret' },
  { ...sealedTo, column: 'previous_secret' },
]

/** A new signing secret in the spelling of Standard Webhooks, `whsec_` and base64. */
export function makeSecret(): string {
  return `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`
}

export function sealSecret(vault: Vault, webhookUuid: string, secret: string): Buffer {
  return vault.seal(secret, contextOf(webhookUuid))
}

/** Throws VaultError when the secret was not sealed for this webhook, or with a key that is not configured. */
export function openSecret(vault: Vault, webhookUuid: string, sealed: Uint8Array): string {
  return vault.open(sealed, contextOf(webhookUuid)).toString('utf8')
}
