import { appendAudit } from '#audit/append-audit'
import { fingerprintOf } from '#connections/fingerprint'
import { tellOfConnections } from '#connections/own-connections'
import { sealCredentials } from '#connections/sealed-credentials'
import { StoredSettings } from '#connections/settings'
import { Connection, type ConnectionRequest } from '#contract/connections'
import { type Answer, respond } from '#http/answer'
import type { Call } from '#http/caller'
import { ProblemError } from '#http/problem-error'
import { sealedProviders } from '#providers/registry'
import { checkedBaseUrl } from '#resources/connections/checked-base-url'
import { learnAtOnce } from '#resources/connections/learn-at-once'
import { findEntered, insertConnection, type NewConnection, toConnection } from '#resources/connections/store'
import type { Services } from '#services'
import { idFromUuid, newUuid } from '#values/ids'

async function demandFirst({ database: { sql } }: Services, { caller }: Call, body: ConnectionRequest) {
  const entered = await findEntered(sql, caller, body.provider)
  if (!entered) return
  const id = idFromUuid('connection', entered.id)
  const { name } = sealedProviders[body.provider]
  const detail = `There is a connection to ${name} in ${caller.mode} mode already, ${id}: change that one, or delete it.`
  throw new ProblemError('state_conflict', detail, { members: { resource: id } })
}

function toRow({ vault, config, now }: Services, { caller }: Call, body: ConnectionRequest): NewConnection {
  const { provider, credentials } = body
  const uuid = newUuid()
  const baseUrl = checkedBaseUrl(body.base_url, { provider, mode: caller.mode }, config)
  return {
    uuid,
    provider,
    name: body.name ?? sealedProviders[provider].name,
    base_url: baseUrl,
    sealed: sealCredentials(vault, uuid, credentials),
    fingerprint: fingerprintOf(vault, { provider, baseUrl, credentials }),
    settings: StoredSettings.parse(('settings' in body && body.settings) || {}),
    metadata: body.metadata ?? {},
    at: now(),
  }
}

/**
 * Keeps credentials of the account's own, with which the provider is called from now on. Throws `validation_failed`, and
 * `state_conflict` when there are some already.
 */
export async function createConnection(
  services: Services,
  call: Call,
  body: ConnectionRequest,
): Promise<Answer> {
  const { database, idempotency } = services
  const answer = await idempotency.once(call, async () => {
    const row = toRow(services, call, body)
    await demandFirst(services, call, body)
    return async claim => {
      const made = await database.transaction(async tx => {
        const inserted = await insertConnection(tx, call.caller, row)
        if (!inserted) return null
        const resource = { prefix: 'connection' as const, uuid: row.uuid }
        const data = { provider: row.provider }
        appendAudit(tx, call, { action: 'connections.created', resource, data, at: row.at })
        tellOfConnections(tx)
        const shown = toConnection(inserted)
        const headers = { location: `/v1/connections/${shown.id}` }
        const created = respond(Connection, shown, { status: 201, headers })
        claim.settle(tx, created)
        return created
      })
      if (made) return made
      await demandFirst(services, call, body)
      throw new ProblemError('state_conflict', 'The connections have changed meanwhile.')
    }
  })
  await learnAtOnce(services)
  return answer
}
