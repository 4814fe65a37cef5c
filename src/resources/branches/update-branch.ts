import { appendAudit } from '#audit/append-audit'
import { Branch, type BranchChanges } from '#contract/branches'
import type { Preview } from '#contract/providers'
import { lockRow } from '#db/lock-row'
import type { Tx } from '#db/tx'
import { type Answer, respond } from '#http/answer'
import type { Call } from '#http/caller'
import { changeOnce } from '#journal/change-once'
import type { StepOf } from '#journal/journal'
import { demandSendable, previewStep } from '#journal/preview-step'
import type { AppearanceChanges } from '#providers/port/branches'
import { type ReachableBranch, reachBranch } from '#resources/branches/reach-branch'
import { showBranch } from '#resources/branches/read-branches'
import type { Services } from '#services'

/** What an account or branch is told to change. */
export function toAppearanceChanges(body: BranchChanges): AppearanceChanges {
  const { name, reference_number, theme_color_primary } = body
  return {
    ...(name ? { name } : {}),
    ...(reference_number ? { reference_number } : {}),
    ...(theme_color_primary ? { theme_color_primary } : {}),
  }
}

function toStep({ connection, providerId }: ReachableBranch, body: BranchChanges): StepOf<'branches.update'> {
  const input = { branch_id: providerId, changes: toAppearanceChanges(body) }
  return { operation: 'branches.update', connection, input }
}

/** What changing a branch would send. Sends and stores nothing. */
export async function previewBranchChange(
  services: Services,
  call: Call,
  branchId: string,
  body: BranchChanges,
): Promise<Preview> {
  return previewStep(services, call, toStep(await reachBranch(services, call, branchId), body))
}

async function hold(
  tx: Tx,
  call: Call,
  uuid: string,
  step: StepOf<'branches.update'>,
  at: Date,
): Promise<null> {
  lockRow(tx, 'branches', call.caller, uuid)
  const resource = { prefix: 'branch' as const, uuid }
  const data = { fields: Object.keys(step.input.changes) }
  appendAudit(tx, call, { action: 'branches.updated', resource, data, at })
  return null
}

/** Changes how a branch presents itself at its provider. Throws what `reachBranch` throws, and ProviderError. */
export async function updateBranch(
  services: Services,
  call: Call,
  branchId: string,
  body: BranchChanges,
): Promise<Answer> {
  const reachable = await reachBranch(services, call, branchId)
  const { id: uuid } = reachable.row
  const step = toStep(reachable, body)
  await demandSendable(services, call, step)
  return changeOnce(services, call, {
    resource: { prefix: 'branch', uuid },
    step,
    hold: tx => hold(tx, call, uuid, step, services.now()),
    done: async tx => respond(Branch, await showBranch(tx, call, uuid)),
  })
}
