import { appendAudit } from '#audit/append-audit'
import { tellOfConnections } from '#connections/own-connections'
import { type Answer, NO_CONTENT } from '#http/answer'
import type { Call } from '#http/caller'
import { notFound } from '#http/problem-error'
import { learnAtOnce } from '#resources/connections/learn-at-once'
import { isThere } from '#resources/connections/read-connections'
import { lockConnection, wipeConnection } from '#resources/connections/store'
import { demandEntered } from '#resources/connections/update-connection'
import type { Services } from '#services'
import { uuidOf } from '#values/ids'

/**
 * Forgets a connection's credentials: nothing more is done through it. Deleting it again changes nothing. Throws
 * `not_found`, and `state_conflict` for one that was not entered.
 */
export async function deleteConnection(services: Services, call: Call, id: string): Promise<Answer> {
  const { database, now } = services
  const uuid = uuidOf('connection', id)
  await database.transaction(async tx => {
    const row = await lockConnection(tx, call.caller, uuid)
    if (row?.deleted_at) return
    if (!isThere(services, call, row)) throw notFound('connection')
    demandEntered(row)
    const at = now()
    wipeConnection(tx, uuid, at)
    const resource = { prefix: 'connection' as const, uuid }
    const data = { provider: row.provider }
    appendAudit(tx, call, { action: 'connections.deleted', resource, data, at })
    tellOfConnections(tx)
  })
  await learnAtOnce(services)
  return NO_CONTENT
}
