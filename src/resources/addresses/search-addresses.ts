import type { z } from 'zod'
import type { AddressQuery, FoundAddress } from '#contract/addresses'
import { callProvider } from '#connections/call-provider'
import type { Call } from '#http/caller'
import type { Page } from '#http/list'
import { ProblemError } from '#http/problem-error'
import { cutArray } from '#http/read-through'
import { createDeadline } from '#providers/deadline'
import { supports } from '#providers/registry'
import { rememberAddresses } from '#resources/addresses/remember-addresses'
import type { Services } from '#services'

/** Asks every connected provider that finds addresses. One that fails costs its own part only; all, and it is thrown. */
async function askAll(services: Services, call: Call, query: string): Promise<FoundAddress[]> {
  const able = [...services.connections.of(call.caller).values()].filter(({ provider }) =>
    supports(provider, 'addresses.search'),
  )
  if (able.length === 0)
    throw new ProblemError('provider_not_connected', 'No connected provider finds addresses.')
  const deadline = createDeadline(services.config.providerTimeoutMs)
  const started = performance.now()
  try {
    const asked = able.map(async connection => {
      const { value } = await callProvider(services, call, { connection, deadline }, 'addresses.search', {
        query,
      })
      return value.map(address => ({ object: 'address' as const, ...address, provider: connection.provider }))
    })
    const settled = await Promise.allSettled(asked)
    const failed = settled.find(result => result.status === 'rejected')
    if (failed && settled.every(result => result.status === 'rejected')) throw failed.reason
    return settled.flatMap(result => (result.status === 'fulfilled' ? result.value : []))
  } finally {
    call.spentUpstream(performance.now() - started)
    deadline.dispose()
  }
}

/** A page of the addresses that match, in the providers' order. What is shown can be named by its id for 30 days. */
export async function searchAddresses(
  services: Services,
  call: Call,
  query: z.output<typeof AddressQuery>,
): Promise<Page<FoundAddress>> {
  const request = services.cursors.read(query, 'addresses', call.caller)
  const found = await askAll(services, call, query.query)
  const page = cutArray(services.cursors, found, request, 'addresses', call.caller)
  await rememberAddresses(services.database.sql, services, call, page.data)
  return page
}
