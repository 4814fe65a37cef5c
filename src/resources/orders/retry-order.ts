import { appendAudit } from '#audit/append-audit'
import type { OrderRetry } from '#contract/orders'
import type { Sql, Tx } from '#db/tx'
import type { Answer } from '#http/answer'
import type { Call } from '#http/caller'
import { ProblemError } from '#http/problem-error'
import type { Entry } from '#journal/entry'
import { LeaseLost } from '#journal/journal'
import { entriesOf, isUnderWay, skipEntry } from '#journal/store'
import { providerIdOf } from '#mappings/store'
import { ownFailure } from '#providers/provider-failure'
import { answerFromOrder } from '#resources/orders/answer-order'
import { findOrder, reachOrder } from '#resources/orders/find-order'
import { deriveOrderStatus } from '#resources/orders/journaled'
import { SKIPPED } from '#resources/orders/order-status'
import { checkCorrectedTenants } from '#resources/orders/check-corrections'
import { planRetry, type RetryPlan } from '#resources/orders/plan-retry'
import { lockOrderRow } from '#resources/orders/store'
import { matchPeople } from '#resources/orders/tenants/match-people'
import type { Services } from '#services'
import { tenantsOfOrders, updateTenant } from '#tenants/store'
import { plainDateOf } from '#values/dates'
import { idFromUuid } from '#values/ids'

const skippedByCaller = ownFailure(SKIPPED, 'This step was left out.')

async function skip(tx: Tx, services: Services, call: Call, entry: Entry): Promise<void> {
  const at = services.now()
  if (!(await skipEntry(tx, entry, skippedByCaller, at)))
    throw new ProblemError('state_conflict', 'The order has changed meanwhile.')
  const data = { operation_id: idFromUuid('operation', entry.id), operation: entry.operation }
  appendAudit(tx, call, { action: 'orders.step_skipped', resource: entry.resource, data, at })
}

/** Marks what the retry sends first; null when nothing is left to send. */
async function start(
  tx: Tx,
  services: Services,
  call: Call,
  { skipped, again }: RetryPlan,
): Promise<Entry | null> {
  for (const entry of skipped) await skip(tx, services, call, entry)
  const [anySkipped] = skipped
  if (!again) return anySkipped ? services.journal.next(tx, anySkipped) : null
  const { entry, input, tenant } = again
  if (tenant && entry.subject) {
    const { first_name, last_name, email, phone, date_of_birth, nationality } = tenant
    const fields = { firstName: first_name, lastName: last_name, email, phone }
    const known = {
      ...(date_of_birth ? { dateOfBirth: date_of_birth } : {}),
      ...(nationality ? { nationality } : {}),
    }
    updateTenant(tx, call.caller, entry.subject.uuid, { ...fields, ...known }, services.now())
  }
  const started = await services.journal.again(tx, entry, input === undefined ? {} : { input })
  if (!started) throw new ProblemError('state_conflict', 'The order has changed meanwhile.')
  return started
}

async function learnPeople(services: Services, call: Call, orderId: string, uuid: string): Promise<void> {
  const known = await providerIdOf(services.database.sql, call.caller.accountId, uuid, 'order')
  if (known === null) return
  const reachable = await reachOrder(services, call, orderId, 'orders.create')
  await matchPeople(services, call, reachable).catch(() => undefined)
}

/**
 * Goes on with an order whose step was refused or not sent, with corrections or without that step. Throws
 * `state_conflict` when there is nothing to go on with or an outcome is unknown.
 */
export function retryOrder(
  services: Services,
  call: Call,
  orderId: string,
  body: OrderRetry | null,
): Promise<Answer> {
  const { database, journal } = services
  const planFrom = async (sql: Sql, uuid: string) => {
    const { accountId } = call.caller
    const entries = await entriesOf(sql, accountId, { uuid })
    const plan = planRetry(entries, body, journal.inputOf)
    const tenants = body?.steps ? await tenantsOfOrders(sql, accountId, [uuid]) : []
    checkCorrectedTenants({ entries, tenants, today: plainDateOf(services.now()) }, body ?? {})
    return plan
  }
  return services.idempotency.neverTwice(call, {
    prepare: async () => {
      const { id: uuid } = await findOrder(services, call, orderId)
      await planFrom(database.sql, uuid)
      return async key => {
        const { entry, claim } = await database.transaction(async tx => {
          const order = await lockOrderRow(tx, call.caller, uuid)
          if (!order) throw new ProblemError('state_conflict', 'The order has changed meanwhile.')
          const taken = await key.take(tx, { prefix: 'order', uuid })
          const started = await start(tx, services, call, await planFrom(tx, uuid))
          await deriveOrderStatus(tx, order, services.now())
          return { entry: started, claim: taken }
        })
        try {
          if (entry) await journal.advance(entry, call, async () => undefined)
          await learnPeople(services, call, orderId, uuid)
        } catch (err) {
          if (!(err instanceof LeaseLost)) throw err
        }
        return database.transaction(async tx => {
          const answer = await answerFromOrder(services, call, uuid, { tx, created: 200 })
          claim.settle(tx, answer)
          return answer
        })
      }
    },
    isUnderWay: ({ uuid }) => isUnderWay(database.sql, call.caller.accountId, uuid, services.now()),
    fromResource: ({ uuid }) => answerFromOrder(services, call, uuid, { created: 200 }),
  })
}
