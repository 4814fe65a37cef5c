import { expect, test } from 'vitest'
import { z } from 'zod'
import { openapiDocument } from '#cli/openapi'
import { operationRows } from '#providers/mybeezbox/operation-table'
import { sealedProviders } from '#providers/registry'

const Served = z.object({
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.looseObject({
        'x-operation': z.string().optional(),
        'x-also-operations': z.array(z.string()).default([]),
      }),
    ),
  ),
})

/** The operations that endpoints of ours say they turn to. */
async function operationsServed(): Promise<Set<string>> {
  const { paths } = Served.parse(JSON.parse(await openapiDocument()))
  const endpoints = Object.values(paths).flatMap(methods => Object.values(methods))
  return new Set(
    endpoints.flatMap(endpoint => [endpoint['x-operation'] ?? '', ...endpoint['x-also-operations']]),
  )
}

/** What the adapter gets a token by is no operation of the port. */
const rows = Object.keys(operationRows).filter(name => name !== 'auth.token')

test('every operation of MyBeezBox is reached through an endpoint', async () => {
  const served = await operationsServed()
  expect([...sealedProviders.mybeezbox.supports].filter(name => !served.has(name))).toEqual([])
})

test('every operation of MyBeezBox is a row of its table', () => {
  expect([...sealedProviders.mybeezbox.supports].filter(name => !rows.includes(name))).toEqual([])
})
