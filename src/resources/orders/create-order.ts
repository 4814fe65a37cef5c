import type { OrderRequest } from '#contract/orders'
import type { Tx } from '#db/tx'
import type { Answer } from '#http/answer'
import type { Call } from '#http/caller'
import type { Claim } from '#http/idempotency/idempotency'
import { concludeFailure } from '#journal/conclude'
import { LeaseLost, type Settled } from '#journal/journal'
import { isUnderWay } from '#journal/store'
import type { ProviderError } from '#providers/provider-error'
import { rememberAddresses } from '#resources/addresses/remember-addresses'
import { answerFromOrder } from '#resources/orders/answer-order'
import { reachOrder } from '#resources/orders/find-order'
import { planOrder } from '#resources/orders/plan-order'
import { type PreparedOrder, prepareOrder } from '#resources/orders/prepare-order'
import { demandSendable } from '#resources/orders/preview-order'
import { matchPeople } from '#resources/orders/tenants/match-people'
import { toOrderRow, writeOrder } from '#resources/orders/write-order'
import type { Services } from '#services'
import { idFromUuid, newId, newUuid, uuidOf } from '#values/ids'

/** Addresses that the provider offers instead may be sent straight back by their id. */
async function rememberCandidates(
  tx: Tx,
  services: Services,
  call: Call,
  { facts }: ProviderError,
): Promise<void> {
  const shown = (facts.candidates ?? []).map(candidate => ({ ...candidate, provider: facts.provider }))
  await rememberAddresses(tx, services, call, shown)
}

async function settleAsItStands(
  tx: Tx,
  services: Services,
  call: Call,
  { claim, uuid }: { claim: Claim; uuid: string },
): Promise<Answer> {
  const answer = await answerFromOrder(services, call, uuid, { tx })
  claim.settle(tx, answer)
  return answer
}

/** What the caller is told once nothing is left to send. */
async function finish(
  tx: Tx,
  services: Services,
  call: Call,
  { last, claim, uuid }: { last: Settled; claim: Claim; uuid: string },
): Promise<Answer> {
  const { entry, sent } = last
  if (!sent.ok && entry.seq === 1 && sent.error.facts.outcome !== 'unknown') {
    await rememberCandidates(tx, services, call, sent.error)
    return concludeFailure(tx, services, call, {
      claim,
      error: sent.error,
      resource: idFromUuid('order', uuid),
    })
  }
  return settleAsItStands(tx, services, call, { claim, uuid })
}

async function submit(
  services: Services,
  call: Call,
  prepared: PreparedOrder,
  take: (tx: Tx, uuid: string) => Promise<Claim>,
) {
  const orderId = newId('order')
  const uuid = uuidOf('order', orderId)
  const { wanted, connection, resolved, providerBranchId } = prepared
  const ids = { orderId, tenantUuids: wanted.tenants.map(newUuid), providerBranchId }
  const steps = planOrder(wanted, resolved, connection, ids)
  await demandSendable(services, call, steps)
  const row = toOrderRow(call, prepared, uuid, services.now())
  const { first, claim } = await services.database.transaction(async tx => {
    const taken = await take(tx, uuid)
    await writeOrder(tx, row, prepared, ids)
    const [entry] = await services.journal.plan(tx, call.caller, { prefix: 'order', uuid }, steps, 'first')
    if (!entry) throw new TypeError('an order has at least one step')
    return { first: entry, claim: taken }
  })
  // Who was added or invited is found out by reading, and reading is no part of a commit.
  const people = steps.length > 1
  try {
    const answer = await services.journal.advance(first, call, (tx, last) =>
      people && last.entry.seq > 1
        ? Promise.resolve(null)
        : finish(tx, services, call, { last, claim, uuid }),
    )
    if (answer) return answer
    await matchPeople(services, call, await reachOrder(services, call, orderId, 'tenants.list'))
  } catch (err) {
    if (!(err instanceof LeaseLost)) throw err
  }
  return services.database.transaction(tx => settleAsItStands(tx, services, call, { claim, uuid }))
}

/**
 * Orders a bills package: written down first, then sent step by step, each of which is settled before the next is sent.
 * Throws problems for what is wrong with the request itself, before anything is stored.
 */
export function createOrder(services: Services, call: Call, body: OrderRequest): Promise<Answer> {
  return services.idempotency.neverTwice(call, {
    prepare: async () => {
      const prepared = await prepareOrder(services, call, body)
      return key => submit(services, call, prepared, (tx, uuid) => key.take(tx, { prefix: 'order', uuid }))
    },
    isUnderWay: ({ uuid }) => isUnderWay(services.database.sql, call.caller.accountId, uuid, services.now()),
    fromResource: ({ uuid }) => answerFromOrder(services, call, uuid),
  })
}
