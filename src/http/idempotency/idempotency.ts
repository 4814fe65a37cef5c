import type { Sql, Tx } from '#db/tx'
import type { Vault } from '#db/vault'
import type { Answer } from '#http/answer'
import type { Call } from '#http/caller'
import { canonicalJson, type IdempotentRequest } from '#http/idempotency/request-key'
import {
  claimKey,
  type Claimed,
  findRecord,
  freeRecord,
  type IdempotencyRow,
  settleRecord,
} from '#http/idempotency/store'
import { ProblemError } from '#http/problem-error'
import { addDays } from '#values/dates'
import { newUuid } from '#values/ids'

const KEPT_DAYS = 1

/** A key that this request holds until it is settled or freed. */
export interface Claim {
  /** Stores the answer to be given again, in the commit that makes it true. Throws when the claim was taken over. */
  settle(tx: Tx, answer: Answer): Promise<void>
  /** Gives the key back, so that a retry runs again. */
  free(): Promise<void>
}

export interface Idempotency {
  /**
   * Runs `work` once per key; a later request with the same key and body gets the first answer. Without a key it just
   * runs. For operations that are safe to repeat: a claim whose holder died is taken over and run again.
   * Throws `idempotency_conflict` and `idempotency_mismatch`.
   */
  once(call: Call, prepare: () => Promise<(claim: Claim | null) => Promise<Answer>>): Promise<Answer>
}

const conflict = () =>
  new ProblemError('idempotency_conflict', 'The first request with this key is still running.', {
    headers: { 'retry-after': '1' },
  })

const HEADERS_KEPT = ['content-type', 'location']

export function createIdempotency(deps: {
  sql: Sql
  vault: Vault
  now: () => Date
  /** Milliseconds after which a claim whose holder is silent is taken over: longer than any request may take. */
  leaseMs: number
  onReplay: () => void
}): Idempotency {
  const { sql, vault, now, leaseMs } = deps
  const contextOf = (id: string) => `idempotency_records/${id}/body`

  function fingerprintOf(request: IdempotentRequest): Buffer {
    return vault.mac('idempotency-fingerprint', canonicalJson(request.body))
  }

  function replay(row: IdempotencyRow): Answer {
    deps.onReplay()
    const body = vault.open(row.body ?? new Uint8Array(), contextOf(row.id)).toString('utf8')
    return { status: row.status ?? 200, headers: { ...row.headers, 'idempotent-replayed': 'true' }, body }
  }

  /** The first answer when there is one; null when the key may be claimed. */
  async function answerOfFirst(call: Call, request: IdempotentRequest): Promise<Answer | null> {
    const row = await findRecord(sql, call.caller, request, now())
    if (!row) return null
    if (!fingerprintOf(request).equals(row.fingerprint))
      throw new ProblemError('idempotency_mismatch', 'This key was used before with another body.')
    if (row.state === 'done') return replay(row)
    if (row.lease_until && row.lease_until > now()) throw conflict()
    return null
  }

  async function take(call: Call, request: IdempotentRequest): Promise<Claimed> {
    const time = now()
    const claimed = await claimKey(sql, call.caller, request, {
      id: newUuid(),
      fingerprint: fingerprintOf(request),
      owner: newUuid(),
      leaseUntil: new Date(time.getTime() + leaseMs),
      now: time,
      expiresAt: addDays(time, KEPT_DAYS),
    })
    if (!claimed) throw conflict()
    return claimed
  }

  function claimOf(claimed: Claimed): Claim {
    return {
      settle: async (tx, { status, headers, body }) => {
        const kept = Object.fromEntries(
          Object.entries(headers).filter(([name]) => HEADERS_KEPT.includes(name)),
        )
        const sealed = vault.seal(body, contextOf(claimed.id))
        if (!(await settleRecord(tx, claimed, { status, headers: kept, body: sealed }))) throw conflict()
      },
      free: () => freeRecord(sql, claimed),
    }
  }

  return {
    async once(call, prepare) {
      const request = call.idempotency
      if (!request) return (await prepare())(null)
      const first = await answerOfFirst(call, request)
      if (first) return first
      // What is wrong with the request itself is answered before the claim and burns no key.
      const work = await prepare()
      const claim = claimOf(await take(call, request))
      try {
        return await work(claim)
      } catch (err) {
        // When the database is away too, the lease gives the key back.
        await claim.free().catch(() => undefined)
        throw err
      }
    },
  }
}
