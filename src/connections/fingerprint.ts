import type { Vault } from '#db/vault'
import type { Connection } from '#providers/call-context'

type Identity = Pick<Connection, 'provider' | 'baseUrl'> & {
  readonly credentials: Readonly<Record<string, string>>
}

/** Keyed hash of what a provider knows a caller by: equal credentials share one allowance, circuit and token. */
export function fingerprintOf(vault: Vault, { provider, baseUrl, credentials }: Identity): string {
  const whole = JSON.stringify([provider, baseUrl, Object.entries(credentials).sort()])
  return vault.mac('connection-fingerprint', whole).toString('hex')
}
