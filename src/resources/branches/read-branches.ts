import type { z } from 'zod'
import { chooseProvider } from '#connections/choose-provider'
import { pageThrough } from '#connections/page-through'
import { readAtProvider } from '#connections/read-at-provider'
import type { Branch, BranchQuery } from '#contract/branches'
import type { Sql, Tx } from '#db/tx'
import type { Call } from '#http/caller'
import type { Page } from '#http/list'
import { notFound } from '#http/problem-error'
import { recognise } from '#mappings/recognise'
import { providerIdsOf } from '#mappings/store'
import { keepPayload, readPayloads } from '#payloads/provider-payloads'
import type { Connection } from '#providers/call-context'
import type { ProviderBranch } from '#providers/port/branches'
import { reachBranch } from '#resources/branches/reach-branch'
import { meetBranch, recordAppearance, withAppearance } from '#resources/branches/record-branch'
import { type BranchRow, branchRows, findBranchRow } from '#resources/branches/store'
import type { Services } from '#services'
import { idFromUuid } from '#values/ids'

function toBranch(row: BranchRow, providerIds: readonly string[]): Branch {
  return {
    id: idFromUuid('branch', row.id),
    object: 'branch',
    mode: row.mode,
    provider: row.provider,
    name: row.name,
    reference_number: row.reference_number,
    theme_color_primary: row.theme_color_primary,
    logo_url: row.logo_url,
    management_fee: row.management_fee,
    provider_ids: [...providerIds],
    metadata: row.metadata,
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
  }
}

/** A branch as it was last seen, in a transaction where its `Sql` is given. Throws `not_found`. */
export async function showBranch(sql: Sql, call: Call, uuid: string): Promise<Branch> {
  const row = await findBranchRow(sql, call.caller, uuid)
  if (!row) throw notFound('branch')
  const ids = await providerIdsOf(sql, call.caller.accountId, [uuid], 'branch')
  return toBranch(row, ids.get(uuid) ?? [])
}

/** One branch, read at its provider. Throws `not_found`, `provider_not_connected` and ProviderError. */
export async function getBranch(
  services: Services,
  call: Call,
  branchId: string,
  wishes: { withProviderData: boolean },
): Promise<Branch> {
  const { database, vault, now } = services
  const { row, connection, providerId } = await reachBranch(services, call, branchId)
  const resource = { prefix: 'branch' as const, uuid: row.id }
  const at = { branch_id: providerId }
  const { value, payload } = await readAtProvider(
    services,
    call,
    { connection, resource },
    'branches.get',
    at,
  )
  const { provider } = connection
  await database.transaction(async tx => {
    await recordAppearance(tx, call.caller, row.id, { seen: value, at: now() })
    if (payload) keepPayload(tx, vault, call.caller, resource, { provider, payload })
  })
  const branch = await showBranch(database.sql, call, row.id)
  if (!wishes.withProviderData) return branch
  return { ...branch, provider_data: await readPayloads(database.sql, vault, call.caller, resource) }
}

/** The branches of a provider's page as ours; those that nobody has seen before get their ids. */
async function ours(
  services: Services,
  call: Call,
  connection: Connection,
  found: readonly ProviderBranch[],
): Promise<Branch[]> {
  const meet = (tx: Tx, branch: ProviderBranch, at: Date) =>
    meetBranch(tx, call.caller, branch, { connection, at })
  const known = await recognise(services, call, { connection, providerResource: 'branch', found, meet })
  const rows = await branchRows(services.database.sql, call.caller, [...known.values()])
  return found.flatMap(branch => {
    const row = rows.get(known.get(branch.id) ?? '')
    return row ? [toBranch(withAppearance(row, branch, row.updated_at), [branch.id])] : []
  })
}

/** A page of the account's branches at a provider, in its order. Throws `provider_not_connected` and ProviderError. */
export async function listBranches(
  services: Services,
  call: Call,
  query: z.output<typeof BranchQuery>,
): Promise<Page<Branch>> {
  const { caller } = call
  const provider = chooseProvider('branches.list', query.provider)
  const list = `branches/${provider}`
  const request = services.cursors.read(query, list, caller)
  const connection = services.connections.own(caller, provider)
  const fetchPage = async (page: number) =>
    (await readAtProvider(services, call, { connection }, 'branches.list', { page })).value
  const page = await pageThrough(services.cursors, fetchPage, request, { list, caller })
  return { ...page, data: await ours(services, call, connection, page.data) }
}
