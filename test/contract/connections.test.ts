import { describe, expect, test } from 'vitest'
import { ConnectionRequest, credentialsOf } from '#contract/connections'
import { providerIds } from '#contract/vocabulary'
import { providers } from '#providers/registry'

describe.each(providerIds)('credentials of %s', provider => {
  const adapter = providers[provider].credentials
  const fields = Object.keys(credentialsOf[provider].shape)

  test('are named as its adapter takes them', () => {
    expect(fields).toEqual(Object.keys(adapter.shape))
    const credentials = Object.fromEntries(fields.map(field => [field, 'a-secret~']))
    expect(ConnectionRequest.parse({ provider, credentials })).toEqual({ provider, credentials })
    expect(adapter.parse(credentials)).toEqual(credentials)
  })

  test.each(['', ' ', 'ä ü', 'a\nb', 'x'])('are taken only where its adapter takes them: %j', value => {
    const credentials = Object.fromEntries(fields.map(field => [field, value]))
    const isTaken = ConnectionRequest.safeParse({ provider, credentials }).success
    expect(!isTaken || adapter.safeParse(credentials).success).toBe(true)
  })

  test('are needed whole', () => {
    for (const field of fields) {
      const others = fields.filter(name => name !== field).map(name => [name, 'x'] as const)
      const credentials = Object.fromEntries(others)
      expect(ConnectionRequest.safeParse({ provider, credentials }).success, field).toBe(false)
    }
  })
})
