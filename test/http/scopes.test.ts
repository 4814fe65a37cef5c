import { describe, expect, test } from 'vitest'
import type { Caller } from '#http/caller'
import { demandScope, scopeOf } from '#http/scopes'

const caller = (...scopes: string[]): Caller => ({ accountId: 'a', mode: 'test', keyId: 'k', scopes })

describe('scopeOf', () => {
  test.each([
    ['/v1/quotes', true, 'quotes:read'],
    ['/v1/quotes/:quote_id/refresh', false, 'quotes:write'],
    ['/v1/provider-calls', true, 'provider_calls:read'],
    ['/v1/orders/:order_id/tenants/:tenant_id/mandate', false, 'orders:write'],
    ['/v1/orders/:order_id/payment-requests', true, 'orders:read'],
    ['/v1/webhooks', false, 'webhooks:write'],
    ['/v1/accounts', true, 'admin'],
    ['/v1/accounts', false, 'platform'],
    ['/v1/connections', true, 'admin'],
    ['/v1/connections/:connection_id/verify', false, 'admin'],
    ['/v1/api-keys/:key_id/rotate', false, 'admin'],
    ['/v1/people', true, 'admin'],
    ['/v1/people/erase', false, 'admin'],
    ['/v1/audit-log', true, 'admin'],
  ])('of %s, reading: %s, is %s', (path, reads, scope) => {
    expect(scopeOf(path, reads)).toBe(scope)
  })
})

describe('demandScope', () => {
  test.each([
    ['quotes:read', ['quotes:read']],
    ['quotes:read', ['orders:read', 'quotes:read']],
    ['quotes:write', ['admin']],
    ['admin', ['admin']],
    ['platform', ['platform']],
    ['platform', ['admin', 'platform']],
  ])('%s is given by %j', (scope, held) => {
    expect(() => demandScope(caller(...held), scope)).not.toThrow()
  })

  test.each([
    ['quotes:read', []],
    ['quotes:read', ['quotes:write']],
    ['quotes:read', ['quotes']],
    ['quotes:read', ['quotes:*']],
    ['quotes:read', ['platform']],
    ['admin', ['platform']],
    ['platform', ['admin']],
  ])('%s is not given by %j', (scope, held) => {
    expect(() => demandScope(caller(...held), scope)).toThrow(`This key lacks the scope ${scope}.`)
  })
})
