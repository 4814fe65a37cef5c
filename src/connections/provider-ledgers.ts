import { z } from 'zod'
import { appendCircuitEvents } from '#connections/circuit-events'
import { type Codec, createProviderLedger, jsonCodec } from '#connections/provider-ledger'
import type { Database } from '#db/client'
import { type Vault, VaultError } from '#db/vault'
import { CallWindow } from '#providers/call-window'
import { CircuitRecord } from '#providers/circuit-state'
import type { Ledger } from '#providers/ledger'
import { TokenRecord } from '#providers/token-record'

export interface ProviderLedgers {
  readonly windows: Ledger<CallWindow>
  readonly circuits: Ledger<CircuitRecord>
  readonly tokens: Ledger<TokenRecord>
}

const Sealed = z.object({ sealed: z.base64() })
const contextOf = (fingerprint: string) => `provider_ledgers/${fingerprint}/state`

/** A token is kept sealed. One whose key is gone is fetched anew. */
function tokenCodec(vault: Vault): Codec<TokenRecord> {
  return {
    write: (record, fingerprint) => ({
      sealed: vault.seal(JSON.stringify(record), contextOf(fingerprint)).toString('base64'),
    }),
    read: (stored, fingerprint) => {
      try {
        const sealed = Buffer.from(Sealed.parse(stored).sealed, 'base64')
        return TokenRecord.parse(JSON.parse(vault.open(sealed, contextOf(fingerprint)).toString()))
      } catch (err) {
        if (err instanceof VaultError || err instanceof z.ZodError) return null
        throw err
      }
    },
  }
}

/** What the processes of the service keep together of each set of credentials. */
export function createProviderLedgers(deps: {
  readonly database: Pick<Database, 'transaction'>
  readonly vault: Vault
  readonly now: () => Date
}): ProviderLedgers {
  const { database, vault, now } = deps
  return {
    windows: createProviderLedger({ database, kind: 'window', codec: jsonCodec(CallWindow) }),
    circuits: createProviderLedger({
      database,
      kind: 'circuit',
      codec: jsonCodec(CircuitRecord),
      onChange: (tx, fingerprint, before, after) =>
        appendCircuitEvents(tx, fingerprint, { before, after }, now()),
    }),
    tokens: createProviderLedger({ database, kind: 'token', codec: tokenCodec(vault) }),
  }
}
