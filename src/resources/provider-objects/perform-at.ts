import type { Metadata } from '#contract/vocabulary'
import type { Tx } from '#db/tx'
import type { Answer } from '#http/answer'
import type { Call } from '#http/caller'
import type { Claim, FreeKey } from '#http/idempotency/idempotency'
import { concludeUnlessDone } from '#journal/create-once'
import type { Entry, Holder } from '#journal/entry'
import { LeaseLost, type Settled } from '#journal/journal'
import { answerOperation } from '#journal/operation-answer'
import { demandSendable } from '#journal/preview-step'
import { entriesOf, isUnderWay } from '#journal/store'
import { nextTurn, type Target, type Turn, turnTaken } from '#journal/turn'
import type { Connection } from '#providers/call-context'
import type { Input, OperationName, Output } from '#providers/port/index'
import { OPERATION_ID } from '#resources/provider-objects/journaled'
import { insertProviderObject } from '#resources/provider-objects/store'
import type { Services } from '#services'
import { idFromUuid, newUuid } from '#values/ids'

/** One unsafe operation on what lives at a provider alone. */
export interface Deed<K extends OperationName> {
  readonly operation: K
  readonly input: Input<K>
  /**
   * The name in `input` that the provider will know it by, where it takes one: the caller's, or `OPERATION_ID`, which is
   * filled in when it is sent.
   */
  readonly reference?: string
  /** What the caller says of the object that it makes, of this kind in the contract's words. */
  readonly about?: { readonly kind: string; readonly metadata: Metadata | null | undefined }
  /** The answer when it is done. */
  readonly done: (value: Output<K>) => Answer
}

/** The runtime typed what the provider answered by the operation, be it nothing. */
function isOutputOf<K extends OperationName>(_operation: K, _value: unknown): _value is Output<K> {
  return true
}

/** A deed, where it is done, and what of ours it is for. */
export interface PlacedDeed<K extends OperationName> {
  readonly deed: Deed<K>
  readonly connection: Connection
  readonly subject: Holder | null
}

interface Planned<K extends OperationName> extends PlacedDeed<K> {
  readonly key: FreeKey
  readonly turn: Turn | null
}

/** Commit 1: the key, what the caller says of the object, and the operation, about to be sent. */
function begin<K extends OperationName>(services: Services, call: Call, planned: Planned<K>) {
  const { deed, connection, subject, key, turn } = planned
  const { operation, input, reference, about } = deed
  const id = newUuid()
  const resource = { prefix: 'operation', uuid: id } as const
  const name = reference === OPERATION_ID ? idFromUuid('operation', id) : (reference ?? null)
  const metadata = about?.metadata ?? {}
  const orderUuid = subject?.prefix === 'order' ? subject.uuid : null
  const writing = services.database.transaction(async tx => {
    const claim = await key.take(tx, resource)
    if (about && Object.keys(metadata).length > 0) {
      const at = services.now()
      const { kind } = about
      const object = { operationUuid: id, connection, kind, metadata, orderUuid, at }
      insertProviderObject(tx, call.caller, object)
    }
    const step = { id, connection, operation, input, reference: name, subject, turn }
    const [entry] = await services.journal.plan(tx, call.caller, resource, [step], 'first')
    if (!entry) throw new TypeError('nothing was planned')
    return { entry, claim }
  })
  return writing.catch((err: unknown) => {
    throw turn ? turnTaken(err) : err
  })
}

/** The operation as it stands: 202, whatever became of it since. */
async function asItStands(services: Services, call: Call, uuid: string): Promise<Answer> {
  const [entry] = await entriesOf(services.database.sql, call.caller.accountId, { uuid })
  if (!entry) throw new TypeError('an operation that was written down is gone')
  return answerOperation(entry, services.now())
}

async function carryOut<K extends OperationName>(
  services: Services,
  call: Call,
  planned: Planned<K>,
): Promise<Answer> {
  const { deed } = planned
  const { entry, claim } = await begin(services, call, planned)
  const finish = async (tx: Tx, settled: Settled): Promise<Answer> => {
    const failed = await concludeUnlessDone(tx, services, call, { settled, claim })
    if (failed) return failed
    const { sent } = settled
    if (!sent.ok || !isOutputOf(deed.operation, sent.run.value))
      throw new TypeError(`${deed.operation} has neither failed nor succeeded`)
    const answer = deed.done(sent.run.value)
    claim.settle(tx, answer)
    return answer
  }
  try {
    return await services.journal.advance(entry, call, finish)
  } catch (err) {
    if (!(err instanceof LeaseLost)) throw err
    return settleAsItStands(services, call, entry, claim)
  }
}

function settleAsItStands(services: Services, call: Call, { id }: Entry, claim: Claim): Promise<Answer> {
  return services.database.transaction(async tx => {
    const answer = await asItStands(services, call, id)
    claim.settle(tx, answer)
    return answer
  })
}

/** What is looked at before an operation is written down. */
export interface Checks {
  /** Given where money is moved: nothing is sent while another operation on it is not settled. */
  readonly target?: Target
  /** Looks at the request where there is more to look at than its schema. */
  readonly check?: () => Promise<void>
}

/**
 * Serves a request that is one unsafe operation on what lives at a provider alone: written down, sent once per key,
 * never sent again. Answers `done`; the problem, naming the operation, when it was refused or not sent; and 202 with the
 * operation while nobody knows, and when it had to be found out. `place` says what is done where. Neither it nor the
 * checks burn the key.
 */
export function performAt<K extends OperationName>(
  services: Services,
  call: Call,
  place: () => Promise<PlacedDeed<K>>,
  { target, check }: Checks = {},
): Promise<Answer> {
  const { sql } = services.database
  return services.idempotency.neverTwice(call, {
    prepare: async () => {
      const turn = target ? await nextTurn(services, call, target) : null
      const placed = await place()
      await demandSendable(services, call, { ...placed.deed, connection: placed.connection })
      await check?.()
      return key => carryOut(services, call, { ...placed, key, turn })
    },
    isUnderWay: ({ uuid }) => isUnderWay(sql, call.caller.accountId, uuid, services.now()),
    fromResource: ({ uuid }) => asItStands(services, call, uuid),
  })
}
