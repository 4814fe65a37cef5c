import type { LeadRequest } from '#contract/leads'
import type { Answer } from '#http/answer'
import type { Call } from '#http/caller'
import type { FreeKey } from '#http/idempotency/idempotency'
import { isUnderWay } from '#journal/store'
import { checkSubmissions, demandAnySendable } from '#resources/leads/check-submissions'
import { chooseProviders } from '#resources/leads/choose-providers'
import { planLead } from '#resources/leads/plan-lead'
import { prepareLead } from '#resources/leads/prepare-lead'
import { answerWithLead, showLead } from '#resources/leads/read-leads'
import { sendSubmissions } from '#resources/leads/send-submissions'
import { type CheckedLead, writeLead } from '#resources/leads/write-lead'
import type { Services } from '#services'
import { newUuid } from '#values/ids'

async function checkLead(services: Services, call: Call, body: LeadRequest): Promise<CheckedLead> {
  const connections = chooseProviders(services, call, body.providers ?? null)
  const wanted = await prepareLead(services, call, body)
  const submissions = await checkSubmissions(services, call, planLead(wanted, connections))
  demandAnySendable(submissions)
  return { wanted, submissions }
}

async function submitLead(
  services: Services,
  call: Call,
  checked: CheckedLead,
  key: FreeKey,
): Promise<Answer> {
  const uuid = newUuid()
  const [claim, entries] = await services.database.transaction(tx =>
    Promise.all([
      key.take(tx, { prefix: 'lead', uuid }),
      writeLead(tx, services, call, { uuid, checked, at: services.now() }),
    ]),
  )
  return sendSubmissions(services, call, { uuid, entries, claim, settledStatus: 201 })
}

/**
 * Hands a household to the providers: written down first, then sent to all at once. A provider that cannot be told,
 * refuses or fails costs its own submission only. Throws problems for what is wrong with the request itself.
 */
export function createLead(services: Services, call: Call, body: LeadRequest): Promise<Answer> {
  return services.idempotency.neverTwice(call, {
    prepare: async () => {
      const checked = await checkLead(services, call, body)
      return key => submitLead(services, call, checked, key)
    },
    isUnderWay: ({ uuid }) => isUnderWay(services.database.sql, call.caller.accountId, uuid, services.now()),
    fromResource: async ({ uuid }) => answerWithLead(await showLead(services, call, uuid), 201),
  })
}
