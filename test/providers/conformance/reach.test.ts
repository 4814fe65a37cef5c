import { expect, test } from 'vitest'
import { z } from 'zod'
import { openapiDocument } from '#cli/openapi'
import { ProviderId, providerIds } from '#contract/vocabulary'
import { documentedEndpoints } from '#test/documented-endpoints'
import { fixture } from '#test/fixture'

const documented = documentedEndpoints()

/** Through which endpoint of ours each is reached; null for those by which the gateway signs in. */
const ours = z
  .record(ProviderId, z.record(z.string(), z.string().nullable()))
  .parse(fixture('.', 'our-endpoints'))

const Document = z.object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) })
const Turned = z.object({
  'x-operation': z.string(),
  'x-also-operations': z.array(z.string()).default([]),
})

/** An endpoint whatever its parameters are called. */
const anonymous = (endpoint: string) => endpoint.replaceAll(/\{\w+\}/g, '{}')

/** The endpoints of ours, and the operations that each turns to. */
async function served(): Promise<Map<string, readonly string[]>> {
  const { paths } = Document.parse(JSON.parse(await openapiDocument()))
  const endpoints = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, said]): [string, readonly string[]] => {
      const turned = Turned.safeParse(said).data
      const operations = turned ? [turned['x-operation'], ...turned['x-also-operations']] : []
      return [anonymous(`${method.toUpperCase()} ${path}`), operations]
    }),
  )
  return new Map(endpoints)
}

test.each(providerIds)('every endpoint of the document of %s has its place in our API', provider => {
  const requests = documented[provider].map(({ request }) => request)
  expect(Object.keys(ours[provider])).toEqual(requests)
})

test('the documents name as many endpoints as they always did', () => {
  const counts = Object.entries(documented).map(([provider, endpoints]) => [provider, endpoints.length])
  expect(Object.fromEntries(counts)).toEqual({ homebox: 60, housr: 1, one_utility_bill: 4, mybeezbox: 67 })
})

test('every documented endpoint is reached by an operation through an endpoint of ours', async () => {
  const turnsTo = await served()
  const unreached = providerIds.flatMap(provider =>
    documented[provider].flatMap(({ request, operations }) => {
      const endpoint = ours[provider][request]
      if (!endpoint) return []
      const turned = turnsTo.get(anonymous(endpoint)) ?? []
      return operations.some(operation => turned.includes(operation)) ? [] : [`${provider} ${request}`]
    }),
  )
  expect(unreached).toEqual([])
})
