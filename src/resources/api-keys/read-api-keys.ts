import type { z } from 'zod'
import { keysInReach, reachedMode } from '#accounts/reach'
import { findKey, listKeys } from '#accounts/key-store'
import type { ApiKey, ApiKeyQuery } from '#contract/api-keys'
import type { Call } from '#http/caller'
import type { Page } from '#http/list'
import { notFound } from '#http/problem-error'
import type { Services } from '#services'
import { uuidOf } from '#values/ids'

/** Throws `not_found`. */
export async function getApiKey({ database }: Services, { caller }: Call, id: string): Promise<ApiKey> {
  const key = await findKey(database.sql, keysInReach(caller), uuidOf('key', id))
  if (key) return key
  throw notFound('key')
}

/** A page of the account's keys of one mode, newest first. Throws `forbidden` for a mode that is out of reach. */
export async function listApiKeys(
  { database, cursors }: Services,
  { caller }: Call,
  query: z.output<typeof ApiKeyQuery>,
): Promise<Page<ApiKey>> {
  const mode = reachedMode(caller, query.mode)
  const list = `api-keys/${mode}`
  const page = cursors.read(query, list, caller)
  const keys = await listKeys(database.sql, { accountId: caller.accountId, mode }, page)
  return cursors.page(keys, page, list, caller, key => uuidOf('key', key.id))
}
