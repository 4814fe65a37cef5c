import type { Logger } from 'pino'
import type { Gauge } from 'prom-client'
import { sealedVaultCheck } from '#accounts/vault-check'
import { sealedCredentials } from '#connections/sealed-credentials'
import { resealColumn, type SealedColumn } from '#db/sealed-columns'
import type { Sql } from '#db/tx'
import type { Vault } from '#db/vault'
import { sealedAnswers } from '#http/idempotency/sealed-answers'
import { sealedInputs } from '#journal/access'
import { type Rounds, startRounds } from '#jobs/rounds'
import { sealedPayloads } from '#payloads/provider-payloads'
import { sealedSecrets } from '#resources/webhooks/secrets'

/** Everything in the database that is sealed for longer than an hour. */
export const sealedColumns: readonly SealedColumn[] = [
  sealedVaultCheck,
  sealedCredentials,
  sealedInputs,
  sealedAnswers,
  sealedPayloads,
  ...sealedSecrets,
]

/** A process that was not restarted yet goes on sealing with the key before. */
const EVERY_MS = 60_000

/** Seals all columns anew. Returns how many values are left that no key opens. */
export async function resealAll(sql: Sql, vault: Vault, logger: Logger): Promise<number> {
  let left = 0
  for (const column of sealedColumns) {
    const counts = await resealColumn(sql, vault, column)
    if (counts.resealed + counts.unreadable > 0)
      logger.info({ table: column.table, ...counts }, 'sealed with the first key')
    left += counts.unreadable
  }
  return left
}

/** After a rotation: seals with the first key what an older one has sealed, now and every minute. */
export function startResealer(deps: {
  readonly sql: Sql
  readonly vault: Vault
  readonly logger: Logger
  readonly left: Gauge
}): Rounds | null {
  const { sql, vault, logger, left } = deps
  left.set(0)
  if (!vault.isRotating) return null
  const round = async () => left.set(await resealAll(sql, vault, logger))
  return startRounds(round, { everyMs: EVERY_MS, failure: 'values could not be sealed anew', logger })
}
