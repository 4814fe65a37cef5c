import { describe, expect, test } from 'vitest'
import { ConfigError, configOfProcess, readConfig } from '#config'

const ENCRYPTION_KEY = Buffer.alloc(32, 1).toString('base64')
const LIVE = { BILLBRIDGE_MODE: 'live', BILLBRIDGE_ENCRYPTION_KEY: ENCRYPTION_KEY }
/** Every variable whose form is checked, in the order of the check. */
const CHECKED = [
  'PORT',
  'PUBLIC_URL',
  'DATABASE_URL',
  'BILLBRIDGE_MODE',
  'BILLBRIDGE_API_KEY',
  'BILLBRIDGE_ENCRYPTION_KEY',
  'BILLBRIDGE_SIMULATOR',
  'BILLBRIDGE_WEBHOOK_ALLOW_PRIVATE',
  'PROVIDER_TIMEOUT_MS',
  'QUOTE_DEADLINE_MS',
  'RATE_LIMIT_PER_MINUTE',
  'UPLOAD_MAX_BYTES',
  'LOG_LEVEL',
  'OTEL_EXPORTER_OTLP_ENDPOINT',
]
const key = (mode: string) => `bb_${mode}_${'k'.repeat(43)}`

function mistakes(variables: Record<string, string>): readonly string[] {
  try {
    readConfig(variables)
    return []
  } catch (err) {
    if (err instanceof ConfigError) return err.lines
    throw err
  }
}

describe('without any variable', () => {
  test('the gateway runs in test mode on loopback, with an embedded database and the simulators', () => {
    expect(readConfig({})).toEqual({
      host: '127.0.0.1',
      port: 3000,
      publicUrl: null,
      databaseUrl: null,
      dataDirectory: '.billbridge',
      mode: 'test',
      apiKey: null,
      encryptionKeys: null,
      simulator: true,
      providers: {
        homebox: { baseUrl: null, credentials: null },
        housr: { baseUrl: null, credentials: null },
        one_utility_bill: { baseUrl: null, credentials: null },
        mybeezbox: { baseUrl: null, credentials: null },
      },
      providerTimeoutMs: 10_000,
      quoteDeadlineMs: 8_000,
      rateLimitPerMinute: 600,
      uploadMaxBytes: 10_485_760,
      webhookAllowPrivate: false,
      mybeezboxOperationsFile: null,
      logLevel: 'info',
      metricsToken: null,
      otlpEndpoint: null,
    })
  })

  test('nothing can be changed afterwards', () => {
    expect(Object.isFrozen(readConfig({}))).toBe(true)
  })

  test('an empty or blank variable counts as not set', () => {
    const blank = { PORT: '', HOMEBOX_TOKEN: ' ', DATABASE_URL: '\n', BILLBRIDGE_MODE: '', UNKNOWN: 'x' }
    expect(readConfig(blank)).toEqual(readConfig({}))
  })
})

describe('a variable', () => {
  test.each([
    ['HOST', '0.0.0.0', { host: '0.0.0.0' }],
    ['PORT', '0', { port: 0 }],
    ['PORT', ' 8080\n', { port: 8080 }],
    ['PUBLIC_URL', 'https://Bills.example.com/', { publicUrl: 'https://bills.example.com' }],
    ['PUBLIC_URL', 'https://example.com/bills//', { publicUrl: 'https://example.com/bills' }],
    ['DATABASE_URL', 'postgresql://u:p@db:5432/bills', { databaseUrl: 'postgresql://u:p@db:5432/bills' }],
    ['BILLBRIDGE_DATA_DIR', '/var/lib/bills', { dataDirectory: '/var/lib/bills' }],
    ['BILLBRIDGE_API_KEY', key('test'), { apiKey: key('test') }],
    ['BILLBRIDGE_SIMULATOR', 'off', { simulator: false }],
    ['PROVIDER_TIMEOUT_MS', '5000', { providerTimeoutMs: 5_000 }],
    ['QUOTE_DEADLINE_MS', '100', { quoteDeadlineMs: 100 }],
    ['BILLBRIDGE_WEBHOOK_ALLOW_PRIVATE', 'true', { webhookAllowPrivate: true }],
    ['RATE_LIMIT_PER_MINUTE', '0', { rateLimitPerMinute: 0 }],
    ['UPLOAD_MAX_BYTES', '1024', { uploadMaxBytes: 1_024 }],
    ['MYBEEZBOX_OPERATIONS_FILE', 'operations.json', { mybeezboxOperationsFile: 'operations.json' }],
    ['LOG_LEVEL', 'debug', { logLevel: 'debug' }],
    ['METRICS_TOKEN', 'm'.repeat(16), { metricsToken: 'm'.repeat(16) }],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'http://otel:4318', { otlpEndpoint: 'http://otel:4318' }],
  ])('%s=%s is read', (name, value, expected) => {
    expect(readConfig({ [name]: value })).toMatchObject(expected)
  })

  test.each([
    ['PORT', ['x', '-1', '65536', '80.5', '0x50', '9'.repeat(10)]],
    ['PUBLIC_URL', ['bills.example.com', 'ftp://example.com', 'http://', 'javascript:alert(1)']],
    ['PUBLIC_URL', ['https://user:pass@example.com', 'https://example.com?a=1', 'https://example.com#a']],
    ['DATABASE_URL', ['mysql://db/bills', 'db', 'postgresql://a b/c']],
    ['BILLBRIDGE_MODE', ['prod', 'TEST']],
    ['BILLBRIDGE_API_KEY', ['secret', `bb_test_${'k'.repeat(31)}`, `bb_test_${'k'.repeat(129)}`]],
    ['BILLBRIDGE_API_KEY', [`bb_test_${'-'.repeat(43)}`, `sk_test_${'k'.repeat(43)}`]],
    ['BILLBRIDGE_ENCRYPTION_KEY', ['short', Buffer.alloc(31).toString('base64'), 'ab'.repeat(32)]],
    ['BILLBRIDGE_ENCRYPTION_KEY', [`${ENCRYPTION_KEY},`, `${ENCRYPTION_KEY},short`]],
    ['BILLBRIDGE_SIMULATOR', ['true', '1']],
    ['PROVIDER_TIMEOUT_MS', ['0', '99', '120001', '10s']],
    ['QUOTE_DEADLINE_MS', ['99', '120001']],
    ['BILLBRIDGE_WEBHOOK_ALLOW_PRIVATE', ['yes', '1']],
    ['RATE_LIMIT_PER_MINUTE', ['-1', 'off', '1000001']],
    ['UPLOAD_MAX_BYTES', ['1023', '10MB', '104857601']],
    ['LOG_LEVEL', ['verbose', 'INFO']],
    ['METRICS_TOKEN', ['short']],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', ['otel:4318']],
  ])('%s is refused in one line that names it: %j', (name, values) => {
    for (const value of values) {
      expect(mistakes({ [name]: value }), value).toEqual([expect.stringMatching(new RegExp(`^${name} \\S`))])
    }
  })

  test('keeps every encryption key of a rotation, the new one first', () => {
    const [fresh, old] = [Buffer.alloc(32, 2), Buffer.alloc(32, 1)]
    const list = `${fresh.toString('base64')}, ${old.toString('base64')}`
    expect(readConfig({ BILLBRIDGE_ENCRYPTION_KEY: list }).encryptionKeys).toEqual([fresh, old])
  })
})

describe('the credentials of a provider', () => {
  test.each([
    ['homebox', { HOMEBOX_TOKEN: 't' }, { token: 't' }],
    ['housr', { HOUSR_API_KEY: 'k' }, { api_key: 'k' }],
    [
      'one_utility_bill',
      { ONE_UTILITY_BILL_CLIENT_ID: 'i', ONE_UTILITY_BILL_CLIENT_SECRET: 's' },
      { client_id: 'i', client_secret: 's' },
    ],
    ['mybeezbox', { MYBEEZBOX_USERNAME: 'u', MYBEEZBOX_PASSWORD: 'p' }, { username: 'u', password: 'p' }],
  ])('of %s are read, and turn the simulators off', (provider, variables, credentials) => {
    const config = readConfig({ ...variables, [`${provider.toUpperCase()}_BASE_URL`]: 'http://127.0.0.1:1/' })
    expect(config.providers).toMatchObject({ [provider]: { baseUrl: 'http://127.0.0.1:1', credentials } })
    expect(config.simulator).toBe(false)
  })

  test('may stand beside simulators for the others', () => {
    expect(readConfig({ HOMEBOX_TOKEN: 't', BILLBRIDGE_SIMULATOR: 'on' }).simulator).toBe(true)
  })

  test.each([
    ['ONE_UTILITY_BILL_CLIENT_ID', 'ONE_UTILITY_BILL_CLIENT_SECRET'],
    ['MYBEEZBOX_USERNAME', 'MYBEEZBOX_PASSWORD'],
  ])('are complete: %s needs %s, and the other way round', (one, other) => {
    const line = `${one} and ${other} must be set together`
    expect(mistakes({ [one]: 'x' })).toEqual([line])
    expect(mistakes({ [other]: 'x' })).toEqual([line])
  })

  test.each(['HOMEBOX', 'HOUSR', 'ONE_UTILITY_BILL', 'MYBEEZBOX'])('are not forgotten: %s_BASE_URL', name => {
    expect(mistakes({ [`${name}_BASE_URL`]: 'https://provider.example' })).toEqual([
      expect.stringMatching(new RegExp(`^${name}_BASE_URL is set without ${name}_`)),
    ])
  })
})

describe('the mode', () => {
  test('is test unless it is said to be live, which never starts simulators', () => {
    expect(readConfig(LIVE)).toMatchObject({ mode: 'live', simulator: false })
  })

  test('live needs an encryption key of its own', () => {
    expect(mistakes({ BILLBRIDGE_MODE: 'live' })).toEqual([
      expect.stringMatching(/^BILLBRIDGE_ENCRYPTION_KEY is required in live mode/),
    ])
  })

  test('live refuses simulators', () => {
    expect(mistakes({ ...LIVE, BILLBRIDGE_SIMULATOR: 'on' })).toEqual([
      'BILLBRIDGE_SIMULATOR must be off in live mode',
    ])
  })

  test('live refuses webhooks to private addresses', () => {
    expect(mistakes({ ...LIVE, BILLBRIDGE_WEBHOOK_ALLOW_PRIVATE: 'true' })).toEqual([
      'BILLBRIDGE_WEBHOOK_ALLOW_PRIVATE must be false in live mode',
    ])
    expect(mistakes({ ...LIVE, BILLBRIDGE_WEBHOOK_ALLOW_PRIVATE: 'false' })).toEqual([])
  })

  test('is the one of the API key', () => {
    expect(mistakes({ BILLBRIDGE_API_KEY: key('live') })).toEqual([
      'BILLBRIDGE_API_KEY must start with bb_test_ in this mode',
    ])
    expect(mistakes({ ...LIVE, BILLBRIDGE_API_KEY: key('test') })).toEqual([
      'BILLBRIDGE_API_KEY must start with bb_live_ in this mode',
    ])
    expect(mistakes({ ...LIVE, BILLBRIDGE_API_KEY: key('live') })).toEqual([])
  })
})

describe('mistakes', () => {
  test('are reported all at once, whatever kind they are', () => {
    const wrong = {
      PORT: 'x',
      LOG_LEVEL: 'loud',
      MYBEEZBOX_USERNAME: 'u',
      HOUSR_BASE_URL: 'https://h.example',
    }
    const names = mistakes({ ...wrong, BILLBRIDGE_MODE: 'live' }).map(line => line.split(' ')[0])
    expect(names.toSorted()).toEqual([
      'BILLBRIDGE_ENCRYPTION_KEY',
      'HOUSR_BASE_URL',
      'LOG_LEVEL',
      'MYBEEZBOX_USERNAME',
      'PORT',
    ])
  })

  test('never repeat a value, which may be a secret in the wrong place', () => {
    const canary = 'c4n4ry://u:p@x y'
    const said = mistakes(Object.fromEntries(CHECKED.map(name => [name, canary]))).join('\n')
    expect(said.split('\n').map(line => line.split(' ')[0])).toEqual(CHECKED)
    expect(said).not.toMatch(/c4n4ry|u:p|x y/)
  })
})

test('the process reads its own environment', () => {
  expect(configOfProcess().mode).toBe('test')
})
