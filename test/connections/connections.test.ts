import { describe, expect, test } from 'vitest'
import { createConnections } from '#connections/connections'
import type { Mode, ProviderId } from '#contract/vocabulary'
import type { Connection } from '#providers/call-context'

function connection(provider: ProviderId, mode: Mode): Connection {
  const id = `${provider}-${mode}`
  const baseUrl = 'http://127.0.0.1:1'
  return { id, provider, mode, baseUrl, credentials: {}, fingerprint: id, source: 'environment' }
}

const given = [
  connection('one_utility_bill', 'test'),
  connection('homebox', 'test'),
  connection('housr', 'live'),
]

describe('the connections of the process', () => {
  test('are lent to every account, in the order of the registry', () => {
    const connections = createConnections('test', given, 'one')
    for (const accountId of ['one', 'other']) {
      const lent = [...connections.of({ accountId, mode: 'test' }).values()]
      expect(lent.map(({ id }) => id)).toEqual(['homebox-test', 'one_utility_bill-test'])
    }
  })

  test('are never lent to a caller of the other mode', () => {
    expect(createConnections('test', given, 'one').of({ accountId: 'one', mode: 'live' }).size).toBe(0)
    expect(createConnections('live', given, 'one').of({ accountId: 'one', mode: 'test' }).size).toBe(0)
  })

  test('are only those of its own mode', () => {
    const lent = createConnections('live', given, 'one').of({ accountId: 'one', mode: 'live' })
    expect([...lent.keys()]).toEqual(['housr'])
  })

  test('show the whole account at a provider to their owner alone', () => {
    const connections = createConnections('test', given, 'one')
    expect(connections.own({ accountId: 'one', mode: 'test' }, 'homebox').id).toBe('homebox-test')
    const refused = expect.objectContaining({ code: 'provider_not_connected' })
    expect(() => connections.own({ accountId: 'other', mode: 'test' }, 'homebox')).toThrow(refused)
    expect(() => connections.own({ accountId: 'one', mode: 'live' }, 'homebox')).toThrow(refused)
    expect(() => connections.own({ accountId: 'one', mode: 'test' }, 'mybeezbox')).toThrow(refused)
  })
})
