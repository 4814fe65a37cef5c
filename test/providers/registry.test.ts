import { describe, expect, expectTypeOf, it } from 'vitest'
import { providerIds } from '#contract/vocabulary'
import { effectOf, isOperationName } from '#providers/port/seal'
import type { ProvidersWith } from '#providers/registry'
import { matrix, providers, sealedProviders, supporting, supports } from '#providers/registry'

describe('the registry', () => {
  it('holds every provider of the contract under its own id', () => {
    expect(Object.keys(providers)).toEqual([...providerIds])
    for (const id of providerIds) expect([providers[id].id, sealedProviders[id].id]).toEqual([id, id])
  })

  it('tells from the keys alone who supports what', () => {
    expect(supporting('quotes.create')).toEqual(['homebox', 'one_utility_bill'])
    expect(supporting('addresses.search')).toEqual(['homebox'])
    expect(supporting('leads.create')).toEqual(['homebox', 'one_utility_bill'])
    expect(supporting('orders.create')).toEqual(['homebox', 'housr'])
    expect(supports('housr', 'quotes.create')).toBe(false)
    expectTypeOf<ProvidersWith<'quotes.create'>>().toEqualTypeOf<'homebox' | 'one_utility_bill'>()
    expectTypeOf<ProvidersWith<'orders.create'>>().toEqualTypeOf<'homebox' | 'housr'>()
  })

  it('names only operations of the port', () => {
    for (const id of providerIds) {
      expect(Object.keys(providers[id].operations).filter(key => !isOperationName(key))).toEqual([])
    }
  })

  it('says for every unsafe operation how it is reconciled, and for no repeatable one', () => {
    for (const { provider, capabilities } of matrix()) {
      const odd = capabilities.filter(
        ({ effect, reconcile }) => (effect === 'unsafe') !== (reconcile !== null),
      )
      expect([provider, odd]).toEqual([provider, []])
    }
  })

  it('shows each capability once, with its effect', () => {
    const homebox = matrix().find(({ provider }) => provider === 'homebox')
    expect(homebox?.capabilities).toContainEqual({
      operation: 'quotes.create',
      effect: effectOf('quotes.create'),
      reconcile: null,
      side_effects: [],
    })
  })

  it('names what a write sets off in the world', () => {
    expect(matrix().find(({ provider }) => provider === 'homebox')?.capabilities).toContainEqual({
      operation: 'invites.create',
      effect: 'unsafe',
      reconcile: 'by_scan',
      side_effects: ['texts the tenant a sign-up link'],
    })
  })

  it('bounds the people of a lead at One Utility Bill only', () => {
    expect(providerIds.map(id => sealedProviders[id].tenantsPerLead)).toEqual([
      undefined,
      undefined,
      1,
      undefined,
    ])
  })

  it('has a secret in every set of credentials', () => {
    for (const id of providerIds) {
      const fields = Object.values(providers[id].credentials.shape)
      expect(fields.some(field => field.meta()?.['secret'] === true)).toBe(true)
    }
  })

  it('never lets test mode reach a production address', () => {
    const tests = providerIds.map(id => sealedProviders[id].baseUrl.test)
    const lives = providerIds.map(id => sealedProviders[id].baseUrl.live).filter(Boolean)
    expect(tests.filter(url => lives.includes(url))).toEqual([])
  })

  it('keeps the stated rate limits of One Utility Bill and invents none elsewhere', () => {
    expect(sealedProviders.one_utility_bill.limits).toMatchObject({
      test: { window: { requests: 25, ms: 10_000 } },
      live: { window: { requests: 50, ms: 10_000 } },
    })
    for (const id of ['homebox', 'housr', 'mybeezbox'] as const) {
      expect(sealedProviders[id].limits.live.window).toBeNull()
    }
  })

  it('refuses an operation that a provider does not have before anything is sent', async () => {
    const upstream = {
      json: () => Promise.reject(new Error('sent')),
      stream: () => Promise.reject(new Error('sent')),
      token: () => Promise.reject(new Error('sent')),
    }
    const { run } = sealedProviders.housr.open({ api_key: 'key' }, upstream, 'test')
    await expect(run('addresses.search', { query: 'BN1 1AB' })).rejects.toMatchObject({
      facts: { code: 'capability_not_supported', outcome: 'not_sent', provider: 'housr' },
    })
  })
})
