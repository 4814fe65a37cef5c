import type { Sql, Tx } from '#db/tx'
import type { Answer } from '#http/answer'
import type { Call } from '#http/caller'
import type { Claim, FreeKey } from '#http/idempotency/idempotency'
import { concludeFailure } from '#journal/conclude'
import { type Holder, hasHappened } from '#journal/entry'
import { LeaseLost, type NewStep, type Settled } from '#journal/journal'
import { answerOperation } from '#journal/operation-answer'
import { entriesOf, isUnderWay } from '#journal/store'
import type { Services } from '#services'
import { idFromUuid } from '#values/ids'

/** Something that one unsafe operation brings into being. */
export interface Creation {
  readonly resource: Holder
  readonly step: NewStep
  /** Writes the resource down, in the commit before anything is sent. */
  readonly writeDown: (tx: Tx) => Promise<void>
  /**
   * Reads at the provider what came into being where the answer does not tell; what it returns is called in the commit
   * of the answer. Must not throw because the provider cannot be read: it has been done all the same.
   */
  readonly learn: () => Promise<(tx: Tx) => Promise<void>>
}

/** The resource as it stands, as the answer to its creation. */
type Show = (sql: Sql, uuid: string) => Promise<Answer>

/** What the caller is told when it did not succeed; null when it did. */
export async function concludeUnlessDone(
  tx: Tx,
  services: Services,
  call: Call,
  { settled: { entry, sent }, claim }: { settled: Settled; claim: Claim },
): Promise<Answer | null> {
  if (sent.ok) {
    call.spentUpstream(sent.run.upstreamMs)
    return null
  }
  if (sent.error.facts.outcome !== 'unknown') {
    const resource = idFromUuid('operation', entry.id)
    return concludeFailure(tx, services, call, { claim, error: sent.error, resource })
  }
  const answer = answerOperation(entry, services.now())
  claim.settle(tx, answer)
  return answer
}

/** The operation that made the resource is the first one of it. */
async function answerFromResource(services: Services, call: Call, uuid: string, show: Show): Promise<Answer> {
  const { sql } = services.database
  const [entry] = await entriesOf(sql, call.caller.accountId, { uuid })
  if (!entry) throw new TypeError('a resource that was written down has no operation')
  return hasHappened(entry) ? show(sql, uuid) : answerOperation(entry, services.now())
}

/** What one request of `createOnce` works with. */
interface Work {
  readonly key: FreeKey
  readonly creation: Creation
  readonly show: Show
}

function settleWith(services: Services, claim: Claim, make: (tx: Tx) => Promise<Answer>): Promise<Answer> {
  return services.database.transaction(async tx => {
    const answer = await make(tx)
    claim.settle(tx, answer)
    return answer
  })
}

async function begin({ database, journal }: Services, call: Call, { key, creation }: Work) {
  return database.transaction(async tx => {
    const claim = await key.take(tx, creation.resource)
    await creation.writeDown(tx)
    const [entry] = await journal.plan(tx, call.caller, creation.resource, [creation.step], 'first')
    if (!entry) throw new TypeError('nothing was planned')
    return { entry, claim }
  })
}

async function carryOut(services: Services, call: Call, work: Work): Promise<Answer> {
  const { creation, show } = work
  const { uuid } = creation.resource
  const { entry, claim } = await begin(services, call, work)
  try {
    const failed = await services.journal.advance(entry, call, (tx, settled) =>
      concludeUnlessDone(tx, services, call, { settled, claim }),
    )
    if (failed) return failed
  } catch (err) {
    if (!(err instanceof LeaseLost)) throw err
    return settleWith(services, claim, () => answerFromResource(services, call, uuid, show))
  }
  const record = await creation.learn()
  return settleWith(services, claim, async tx => {
    await record(tx)
    return show(tx, uuid)
  })
}

/**
 * Serves a POST that makes something by one unsafe operation: once per key, never sent again. Answers `show` when it is
 * done, the problem (naming the operation) when it was refused or not sent, and 202 with the operation while nobody
 * knows. `prepare` checks the request and burns no key.
 */
export function createOnce(
  services: Services,
  call: Call,
  { prepare, show }: { prepare: () => Promise<Creation>; show: Show },
): Promise<Answer> {
  return services.idempotency.neverTwice(call, {
    prepare: async () => {
      const creation = await prepare()
      return key => carryOut(services, call, { key, creation, show })
    },
    isUnderWay: ({ uuid }) => isUnderWay(services.database.sql, call.caller.accountId, uuid, services.now()),
    fromResource: ({ uuid }) => answerFromResource(services, call, uuid, show),
  })
}
