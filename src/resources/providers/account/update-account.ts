import { z } from 'zod'
import { appendAudit } from '#audit/append-audit'
import { chooseProvider } from '#connections/choose-provider'
import { type AccountChanges, ProviderAccount } from '#contract/account'
import { appearance } from '#contract/branches'
import type { Preview } from '#contract/providers'
import type { ProviderId } from '#contract/vocabulary'
import { lockRow } from '#db/lock-row'
import type { Tx } from '#db/tx'
import { type Answer, respond } from '#http/answer'
import type { Call } from '#http/caller'
import { changeOnce } from '#journal/change-once'
import type { StepOf } from '#journal/journal'
import { demandSendable, previewStep } from '#journal/preview-step'
import { toAppearanceChanges } from '#resources/branches/update-branch'
import { toAccount } from '#resources/providers/account/get-account'
import type { Services } from '#services'

const Answered = z.object({ ...appearance, slug: z.string().nullable() })

type Step = StepOf<'account.update'>

/** Throws `capability_not_supported` and `provider_not_connected`. */
function toStep({ connections }: Services, { caller }: Call, named: ProviderId, body: AccountChanges): Step {
  const connection = connections.own(caller, chooseProvider('account.update', named))
  return { operation: 'account.update', connection, input: { changes: toAppearanceChanges(body) } }
}

/** What changing the account would send. Sends and stores nothing. */
export function previewAccountChange(
  services: Services,
  call: Call,
  provider: ProviderId,
  body: AccountChanges,
): Promise<Preview> {
  return previewStep(services, call, toStep(services, call, provider, body))
}

async function hold(tx: Tx, call: Call, { connection, input }: Step, at: Date): Promise<null> {
  lockRow(tx, 'connections', call.caller, connection.id)
  const resource = { prefix: 'connection' as const, uuid: connection.id }
  const data = { provider: connection.provider, fields: Object.keys(input.changes) }
  appendAudit(tx, call, { action: 'account.updated', resource, data, at })
  return null
}

/** Changes how the customer's own account presents itself at a provider. Throws what `toStep` throws, and ProviderError. */
export async function updateAccount(
  services: Services,
  call: Call,
  provider: ProviderId,
  body: AccountChanges,
): Promise<Answer> {
  const step = toStep(services, call, provider, body)
  await demandSendable(services, call, step)
  return changeOnce(services, call, {
    resource: { prefix: 'connection', uuid: step.connection.id },
    step,
    hold: tx => hold(tx, call, step, services.now()),
    done: (_tx, value) => {
      const account = toAccount(call, provider, Answered.parse(value))
      return Promise.resolve(respond(ProviderAccount, account))
    },
  })
}
