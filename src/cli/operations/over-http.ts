import { createApiClient } from '#cli/api-client'
import { CommandFailure } from '#cli/command-failure'
import type { OperationsAccess } from '#cli/operations/access'
import { keyFor } from '#cli/service-address'
import type { Config } from '#config'
import { listOf } from '#contract/vocabulary'
import { Operation } from '#contract/operations'

const Operations = listOf(Operation, 'Operations, newest first.')

/** The operations of a running service. Throws CommandFailure when no key for it is known. */
export function reachOperations(url: string, config: Config): OperationsAccess {
  const key = keyFor(url, config)
  if (key === null) throw new CommandFailure(`No key for ${url} is known: set BILLBRIDGE_API_KEY.`)
  const client = createApiClient({ url, key })
  return {
    async list(filters) {
      const query = new URLSearchParams()
      for (const [name, value] of Object.entries(filters)) query.set(name, String(value))
      return (await client.call(`GET /v1/operations?${query}`, Operations)).body
    },
    async resolve(id, body) {
      return (await client.call(`POST /v1/operations/${id}/resolve`, Operation, { body })).body
    },
    [Symbol.asyncDispose]: async () => undefined,
  }
}
