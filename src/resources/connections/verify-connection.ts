import { contextOf } from '#connections/call-provider'
import { type Verification, verify } from '#connections/verify'
import { ConnectionVerification } from '#contract/connections'
import { type Answer, respond } from '#http/answer'
import type { Call } from '#http/caller'
import { notFound } from '#http/problem-error'
import type { Connection } from '#providers/call-context'
import { sealedProviders } from '#providers/registry'
import { findThere } from '#resources/connections/read-connections'
import { type ConnectionRow, noteVerified } from '#resources/connections/store'
import type { Services } from '#services'
import { idFromUuid } from '#values/ids'

type Told = Pick<ConnectionVerification, 'status' | 'message' | 'advice'>

function adviceFor(
  outcome: Exclude<Verification['outcome'], 'accepted' | 'not_verifiable'>,
  row: ConnectionRow,
) {
  const { name } = sealedProviders[row.provider]
  const own = row.source === 'account'
  const advice = {
    refused: own
      ? `Correct the credentials with PATCH; they must be for ${row.base_url}.`
      : `Whoever runs this service has to correct the credentials; they must be for ${row.base_url}.`,
    not_reached: `Check base_url (${row.base_url}); if it is right, try again later.`,
    failed: `Try again later; if it stays so, check base_url (${row.base_url}) or ask ${name}.`,
    not_configured: `Whoever runs this service has to confirm the paths of ${name}.`,
  }
  return advice[outcome]
}

function describe(verification: Verification, row: ConnectionRow): Told {
  const { name } = sealedProviders[row.provider]
  const { outcome } = verification
  if (outcome === 'accepted') return { status: null, message: `${name} takes the credentials.`, advice: null }
  if (outcome === 'not_verifiable') {
    const message = `${name} has no harmless call, so the credentials are not checked.`
    return { status: null, message, advice: `The first order shows whether ${name} takes them.` }
  }
  const { error } = verification
  const message = outcome === 'refused' ? `${name} does not take the credentials.` : `${error.message}.`
  return { status: error.facts.status ?? null, message, advice: adviceFor(outcome, row) }
}

/** What is known here may be older than the row. */
async function connectionOf(
  { connections }: Services,
  { caller }: Call,
  { id }: ConnectionRow,
): Promise<Connection> {
  const known = connections.through(caller, id)
  if (known) return known
  await connections.reload()
  const learnt = connections.through(caller, id)
  if (learnt) return learnt
  throw notFound('connection')
}

/**
 * Finds out whether the provider takes the credentials, by the one harmless call that it has. Whatever comes of that is
 * an answer. Throws `not_found`.
 */
export function verifyConnection(services: Services, call: Call, id: string): Promise<Answer> {
  const { database, config, idempotency, providers, now } = services
  return idempotency.once(call, async () => {
    const row = await findThere(services, call, id)
    const connection = await connectionOf(services, call, row)
    return async claim => {
      const began = performance.now()
      const resource = { prefix: 'connection' as const, uuid: row.id }
      const context = contextOf(call, connection, resource)
      const verification = await verify(providers, context, config.providerTimeoutMs)
      const durationMs = performance.now() - began
      call.spentUpstream(durationMs)
      const at = now()
      const { fingerprint } = connection
      return database.transaction(async tx => {
        const noted =
          verification.outcome === 'accepted' && (await noteVerified(tx, { uuid: row.id, fingerprint }, at))
        const answer = respond(ConnectionVerification, {
          object: 'connection_verification',
          connection: idFromUuid('connection', row.id),
          mode: row.mode,
          provider: row.provider,
          outcome: verification.outcome,
          ...describe(verification, row),
          duration_ms: Math.round(durationMs),
          verified_at: noted ? at.toISOString() : (row.verified_at?.toISOString() ?? null),
        })
        claim.settle(tx, answer)
        return answer
      })
    }
  })
}
