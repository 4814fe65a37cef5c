import type { Sql, Tx } from '#db/tx'
import type { Vault } from '#db/vault'
import type { Answer } from '#http/answer'
import type { Call } from '#http/caller'
import { canonicalJson, type IdempotentRequest } from '#http/idempotency/request-key'
import {
  type Claimed,
  claimKey,
  findRecord,
  freeRecord,
  type IdempotencyRow,
  settleRecord,
} from '#http/idempotency/store'
import { answerContext } from '#http/idempotency/sealed-answers'
import { ProblemError } from '#http/problem-error'
import { addDays } from '#values/dates'
import { type IdPrefix, newUuid } from '#values/ids'

const KEPT_DAYS = 1
const FINGERPRINT = 'idempotency-fingerprint'
const HEADERS_KEPT = ['content-type', 'location']

interface Holder {
  readonly prefix: IdPrefix
  readonly uuid: string
}

/** A key that this request holds until it is settled or freed. Without a key all of it does nothing. */
export interface Claim {
  /** Stores the answer to be given again, in the commit that makes it true; that fails when the claim was taken over. */
  settle(tx: Tx, answer: Answer): void
  /** Gives the key back, so that a retry runs again. */
  free(sql: Sql): Promise<void>
}

/** A key that is free as far as is known. */
export interface FreeKey {
  /** Claims the key in the commit that writes down what is about to be done. Throws when somebody was quicker. */
  take(tx: Tx, resource: Holder): Promise<Claim>
}

/** How a request is served that must never be run twice. */
export interface OnceOnly {
  /** Checks the request and burns no key; the work takes the key in its first commit. */
  readonly prepare: () => Promise<(key: FreeKey) => Promise<Answer>>
  /** Whether somebody is still sending for the resource. */
  readonly isUnderWay: (resource: Holder) => Promise<boolean>
  /** The answer as the resource stands now; calls no provider. */
  readonly fromResource: (resource: Holder) => Promise<Answer>
}

export interface Idempotency {
  /**
   * For operations that are safe to repeat: runs `work` once per key, and gives later requests the first answer. A
   * claim whose holder died is taken over and run again. `prepare` checks the request and burns no key.
   * Throws `idempotency_conflict` and `idempotency_mismatch`.
   */
  once(call: Call, prepare: () => Promise<(claim: Claim) => Promise<Answer>>): Promise<Answer>
  /**
   * For operations that must never be run twice: what was claimed is only ever answered from its resource. Throws
   * `idempotency_conflict` and `idempotency_mismatch`.
   */
  neverTwice(call: Call, handlers: OnceOnly): Promise<Answer>
}

const conflict = () =>
  new ProblemError('idempotency_conflict', 'The first request with this key is still running.', {
    headers: { 'retry-after': '1' },
  })

/** What somebody is told who comes while another request does the same or undoes the ground for it. */
function isConflict(err: unknown): boolean {
  return err instanceof ProblemError && ['idempotency_conflict', 'state_conflict'].includes(err.code)
}

const noClaim: Claim = { settle: () => undefined, free: async () => undefined }

export interface IdempotencyDeps {
  readonly database: { readonly sql: Sql; transaction<T>(work: (tx: Tx) => T | Promise<T>): Promise<T> }
  readonly vault: Vault
  readonly now: () => Date
  /** Milliseconds after which a claim whose holder is silent is taken over: longer than any request may take. */
  readonly leaseMs: number
  readonly onReplay: () => void
}

export function createIdempotency({ database, vault, now, leaseMs, onReplay }: IdempotencyDeps): Idempotency {
  function replay(row: IdempotencyRow): Answer {
    onReplay()
    const body = vault.open(row.body ?? new Uint8Array(), answerContext(row.id)).toString('utf8')
    return { status: row.status ?? 200, headers: { ...row.headers, 'idempotent-replayed': 'true' }, body }
  }

  /** The record of an earlier request with this key and body; null when there is none. */
  async function earlier(call: Call, request: IdempotentRequest): Promise<IdempotencyRow | null> {
    const row = await findRecord(database.sql, call.caller, request, now())
    if (row && !vault.verifyMac(FINGERPRINT, canonicalJson(request.body), row.fingerprint))
      throw new ProblemError('idempotency_mismatch', 'This key was used before with another body.')
    return row
  }

  /** Takes the key, over from `found` where its holder died. That one's hash stays: it may be of an older key. */
  async function take(
    sql: Sql,
    call: Call,
    request: IdempotentRequest,
    { found, resource }: { found: IdempotencyRow | null; resource: Holder | null },
  ): Promise<Claim> {
    const time = now()
    const claimed = await claimKey(sql, call.caller, request, {
      id: newUuid(),
      fingerprint: found?.fingerprint ?? vault.mac(FINGERPRINT, canonicalJson(request.body)),
      owner: newUuid(),
      leaseUntil: new Date(time.getTime() + leaseMs),
      now: time,
      expiresAt: addDays(time, KEPT_DAYS),
      resource,
    })
    if (!claimed) throw conflict()
    return claimOf(claimed)
  }

  function claimOf(claimed: Claimed): Claim {
    return {
      settle: (tx, { status, headers, body }) => {
        const kept = Object.fromEntries(
          Object.entries(headers).filter(([name]) => HEADERS_KEPT.includes(name)),
        )
        const sealed = vault.seal(body, answerContext(claimed.id))
        settleRecord(tx, claimed, { status, headers: kept, body: sealed }, conflict)
      },
      free: sql => freeRecord(sql, claimed),
    }
  }

  async function answerOnce(
    call: Call,
    request: IdempotentRequest,
    { prepare, isUnderWay, fromResource }: OnceOnly,
  ): Promise<Answer> {
    const row = await earlier(call, request)
    if (row?.state === 'done') return replay(row)
    if (row?.resource_prefix && row.resource_id) {
      const resource = { prefix: row.resource_prefix, uuid: row.resource_id }
      if (await isUnderWay(resource)) throw conflict()
      const answer = await fromResource(resource)
      await database.transaction(tx => claimOf(row).settle(tx, answer))
      return answer
    }
    const work = await prepare()
    return work({ take: (tx, resource) => take(tx, call, request, { found: row, resource }) })
  }

  return {
    async once(call, prepare) {
      const request = call.idempotency
      if (!request) return (await prepare())(noClaim)
      const row = await earlier(call, request)
      if (row?.state === 'done') return replay(row)
      if (row?.lease_until && row.lease_until > now()) throw conflict()
      const work = await prepare()
      const claim = await take(database.sql, call, request, { found: row, resource: null })
      try {
        return await work(claim)
      } catch (err) {
        // When the database is away too, the lease gives the key back.
        await claim.free(database.sql).catch(() => undefined)
        throw err
      }
    },

    async neverTwice(call, handlers) {
      const request = call.idempotency
      if (!request) return (await handlers.prepare())({ take: async () => noClaim })
      try {
        return await answerOnce(call, request, handlers)
      } catch (err) {
        if (!isConflict(err)) throw err
        // Somebody with the same key may have been quicker to take or to settle it: then theirs is the answer.
        const row = await earlier(call, request)
        if (row?.state === 'done') return replay(row)
        throw row ? conflict() : err
      }
    },
  }
}
