import { describe, expect, test } from 'vitest'
import { ConfigError, type ProviderSettings } from '#config'
import { addressMistake, givenConnections } from '#connections/environment'
import type { Mode, ProviderId } from '#contract/vocabulary'
import { sealedProviders } from '#providers/registry'

const none: ProviderSettings = { baseUrl: null, credentials: null }
const token = { token: 't' }

function given(
  mode: Mode,
  settings: Partial<Record<ProviderId, ProviderSettings>>,
  simulators: Parameters<typeof givenConnections>[2] = {},
) {
  const providers = { homebox: none, housr: none, one_utility_bill: none, mybeezbox: none, ...settings }
  return givenConnections({ mode, providers }, sealedProviders, simulators)
}

describe('test mode', () => {
  test.each([
    'https://accounts.billingbetter.co.uk',
    'https://ACCOUNTS.BillingBetter.CO.UK',
    'https://accounts.billingbetter.co.uk.',
    'https://accounts.billingbetter.co.uk:443',
    'https://accounts.billingbetter.co.uk:8443/api',
    'http://accounts.billingbetter.co.uk',
    'https://user:pass@accounts.billingbetter.co.uk/',
    'https://%61ccounts.billingbetter.co.uk',
    'https://accounts。billingbetter。co。uk',
    'https:\\\\accounts.billingbetter.co.uk\\api',
    'https://accounts.billing\tbetter.co.uk',
    'https://partnerships-api.oneutilitybill.co',
  ])("never reaches a provider's production: %s", baseUrl => {
    expect(addressMistake(baseUrl, 'test', sealedProviders)).toMatch(/production address/)
  })

  test.each([
    'https://sandbox.billingbetter.co.uk',
    'http://127.0.0.1:4010',
    'https://accounts.billingbetter.co.uk.evil.example',
    'https://evil.example/accounts.billingbetter.co.uk',
  ])('may reach %s', baseUrl => {
    expect(addressMistake(baseUrl, 'test', sealedProviders)).toBeNull()
  })

  test("refuses one provider's production under another's name too", () => {
    const baseUrl = 'https://accounts.billingbetter.co.uk'
    expect(() => given('test', { housr: { baseUrl, credentials: { api_key: 'k' } } })).toThrow(
      "HOUSR_BASE_URL is a provider's production address, but the mode is test",
    )
  })

  test('goes to the sandbox when only the credentials are given', () => {
    expect(given('test', { homebox: { baseUrl: null, credentials: token } })).toEqual([
      {
        provider: 'homebox',
        source: 'environment',
        baseUrl: 'https://sandbox.billingbetter.co.uk',
        credentials: token,
      },
    ])
  })
})

describe('live mode', () => {
  test.each(['https://sandbox.billingbetter.co.uk', 'https://Sandbox.BillingBetter.co.uk.:443/x'])(
    'never reaches a sandbox: %s',
    baseUrl => {
      expect(addressMistake(baseUrl, 'live', sealedProviders)).toMatch(/sandbox address/)
    },
  )

  test.each(['http://accounts.billingbetter.co.uk', 'http://127.0.0.1:4010', 'HTTP://bills.example'])(
    'never speaks in clear: %s',
    baseUrl => {
      expect(addressMistake(baseUrl, 'live', sealedProviders)).toBe('must be https in live mode')
    },
  )

  test.each(['https://accounts.billingbetter.co.uk', 'HTTPS://housr.example/api'])(
    'may reach %s',
    baseUrl => {
      expect(addressMistake(baseUrl, 'live', sealedProviders)).toBeNull()
    },
  )

  test('goes to production when only the credentials are given', () => {
    const [connection] = given('live', { homebox: { baseUrl: null, credentials: token } })
    expect(connection?.baseUrl).toBe('https://accounts.billingbetter.co.uk')
  })
})

describe('what the environment gives', () => {
  const simulator = { url: 'http://127.0.0.1:4010', credentials: { token: 'simulated' } }

  test('is a simulator where there are no credentials', () => {
    expect(given('test', {}, { homebox: simulator })).toEqual([
      {
        provider: 'homebox',
        source: 'simulator',
        baseUrl: simulator.url,
        credentials: simulator.credentials,
      },
    ])
  })

  test('is the real provider where there are both', () => {
    const homebox = { baseUrl: 'http://127.0.0.1:9', credentials: token }
    expect(given('test', { homebox }, { homebox: simulator })).toMatchObject([
      { source: 'environment', baseUrl: 'http://127.0.0.1:9', credentials: token },
    ])
  })

  test('names every mistake at once, and no credential', () => {
    const settings = {
      homebox: { baseUrl: 'https://accounts.billingbetter.co.uk', credentials: { token: 'c4n4ry' } },
      housr: { baseUrl: null, credentials: { api_key: 'c4n4ry' } },
    }
    const lines = [
      "HOMEBOX_BASE_URL is a provider's production address, but the mode is test",
      'HOUSR_BASE_URL is required: the provider has no public address',
    ]
    expect(() => given('test', settings)).toThrow(new ConfigError(lines))
  })
})
