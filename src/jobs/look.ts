import { randomUUID } from 'node:crypto'
import { isDatabaseUnavailable } from '#db/postgres-errors'
import type { Call } from '#http/caller'
import { isToBeAsked, type Look, paceOf, type Subject } from '#jobs/polling-pace'
import { watched } from '#jobs/watched'
import type { Watch } from '#mappings/watches'
import { ProviderError } from '#providers/provider-error'
import { supports } from '#providers/registry'
import type { Services } from '#services'

const DAY = 24 * 3_600_000

/** On behalf of the account that the watched thing belongs to. */
function callFor({ account_id, mode }: Watch): Call {
  return {
    caller: { accountId: account_id, mode, keyId: '', scopes: [] },
    requestId: `req_${randomUUID()}`,
    traceparent: undefined,
    idempotency: null,
    spentUpstream: () => undefined,
  }
}

/** The provider is not well, or refuses us altogether: what was looked at has no part in it. */
function isHeld(err: unknown): boolean {
  const codes = ['provider_unavailable', 'rate_limited', 'provider_auth_failed']
  return err instanceof ProviderError && codes.includes(err.facts.code)
}

/** Looks at one thing at its provider. Throws only when the database is not there. */
export async function lookAt(services: Services, watch: Watch): Promise<Look> {
  const call = callFor(watch)
  const { resource_id: uuid, provider } = watch
  const kind = watched[watch.kind]
  if (!supports(provider, kind.operation)) return { outcome: 'idle', paceMs: null }
  const connection = services.connections.through(call.caller, watch.connection_id)
  // It may be connected again one day.
  if (connection === null) return { outcome: 'idle', paceMs: DAY }
  const find = () => kind.find(services, call, uuid, provider)
  const paceNow = (subject: Subject | null) => subject && paceOf(subject, services.now())
  try {
    const subject = await find()
    const paceMs = paceNow(subject)
    if (paceMs === null || (subject && !isToBeAsked(subject))) return { outcome: 'idle', paceMs }
    await kind.look(services, call, watch)
    return { outcome: 'looked', paceMs: paceNow(await find()) }
  } catch (err) {
    if (!(err instanceof ProviderError) && isDatabaseUnavailable(err)) throw err
    const outcome = isHeld(err) ? 'held' : 'failed'
    services.logger.info({ err, provider, kind: watch.kind, request_id: call.requestId }, 'polling: not read')
    return { outcome, paceMs: null }
  }
}
