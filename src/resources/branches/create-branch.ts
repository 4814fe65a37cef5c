import { appendAudit } from '#audit/append-audit'
import { chooseProvider } from '#connections/choose-provider'
import { readAtProvider } from '#connections/read-at-provider'
import { Branch, type BranchRequest } from '#contract/branches'
import type { Preview } from '#contract/providers'
import type { Tx } from '#db/tx'
import { type Answer, respond } from '#http/answer'
import type { Call } from '#http/caller'
import { createOnce } from '#journal/create-once'
import type { StepOf } from '#journal/journal'
import { demandSendable, previewStep } from '#journal/preview-step'
import { providerIdThrough } from '#mappings/lookups'
import type { ProviderBranch } from '#providers/port/branches'
import { ProviderError } from '#providers/provider-error'
import { showBranch } from '#resources/branches/read-branches'
import { recordAppearance } from '#resources/branches/record-branch'
import { type BranchRow, insertBranch } from '#resources/branches/store'
import type { Services } from '#services'
import { newUuid } from '#values/ids'

interface PreparedBranch {
  readonly step: StepOf<'branches.create'>
  readonly row: BranchRow
}

/** Throws `capability_not_supported` and `provider_not_connected`. */
function prepare(services: Services, { caller }: Call, body: BranchRequest): PreparedBranch {
  const provider = chooseProvider('branches.create', body.provider)
  const connection = services.connections.own(caller, provider)
  const { name, email, logo } = body
  const theme_color_primary = body.theme_color_primary ?? null
  const reference_number = body.reference_number ?? null
  const file = logo ? { path: logo.path, filename: logo.filename, contentType: logo.contentType } : null
  const at = services.now()
  return {
    step: {
      operation: 'branches.create',
      connection,
      input: { name, email, theme_color_primary, reference_number, logo: file },
    },
    row: {
      ...{ id: newUuid(), account_id: caller.accountId, mode: caller.mode, provider },
      connection_id: connection.id,
      ...{ name, reference_number, theme_color_primary, logo_url: null, management_fee: null },
      ...{ metadata: body.metadata ?? {}, created_at: at, updated_at: at },
    },
  }
}

/** What making a branch would send. Sends and stores nothing. */
export async function previewBranch(services: Services, call: Call, body: BranchRequest): Promise<Preview> {
  return previewStep(services, call, prepare(services, call, body).step)
}

async function writeDown(tx: Tx, call: Call, row: BranchRow): Promise<void> {
  insertBranch(tx, row)
  const resource = { prefix: 'branch' as const, uuid: row.id }
  appendAudit(tx, call, { action: 'branches.created', resource, data: {}, at: row.created_at })
}

/** The new branch as its provider shows it: creating it answers an id alone. Null when it cannot be read. */
async function tryRead(
  services: Services,
  call: Call,
  { step: { connection }, row }: PreparedBranch,
): Promise<ProviderBranch | null> {
  const through = { accountId: row.account_id, connectionId: connection.id, providerResource: 'branch' }
  const branch_id = await providerIdThrough(services.database.sql, through, row.id)
  if (branch_id === null) return null
  const resource = { prefix: 'branch' as const, uuid: row.id }
  try {
    return (await readAtProvider(services, call, { connection, resource }, 'branches.get', { branch_id }))
      .value
  } catch (err) {
    if (err instanceof ProviderError) return null
    throw err
  }
}

/** Makes a branch at its provider: written down first, sent once. */
export function createBranch(services: Services, call: Call, body: BranchRequest): Promise<Answer> {
  return createOnce(services, call, {
    prepare: async () => {
      const prepared = prepare(services, call, body)
      const { step, row } = prepared
      await demandSendable(services, call, step)
      return {
        resource: { prefix: 'branch', uuid: row.id },
        step,
        writeDown: tx => writeDown(tx, call, row),
        learn: async () => {
          const seen = await tryRead(services, call, prepared)
          return async tx => {
            if (seen) await recordAppearance(tx, call.caller, row.id, { seen, at: services.now() })
          }
        },
      }
    },
    show: async (sql, uuid) => {
      const branch = await showBranch(sql, call, uuid)
      return respond(Branch, branch, { status: 201, headers: { location: `/v1/branches/${branch.id}` } })
    },
  })
}
