import { z } from 'zod'
import type { Mode, ProviderId } from '#contract/vocabulary'

/** A mistake in the configuration: one line per variable, values left out. */
export class ConfigError extends Error {
  readonly lines: readonly string[]

  constructor(lines: readonly string[]) {
    super(lines.join('\n'))
    this.name = 'ConfigError'
    this.lines = lines
  }
}

/** What the environment says of one provider; credentials in the provider's own shape, null when none are set. */
export interface ProviderSettings {
  readonly baseUrl: string | null
  readonly credentials: Readonly<Record<string, string>> | null
}

export interface Config {
  readonly host: string
  readonly port: number
  readonly publicUrl: string | null
  /** Null: the embedded Postgres in `dataDirectory`. */
  readonly databaseUrl: string | null
  readonly dataDirectory: string
  readonly mode: Mode
  readonly apiKey: string | null
  /** 32 bytes each; the first encrypts, all decrypt. Null: made and kept in `dataDirectory` (test mode). */
  readonly encryptionKeys: readonly Buffer[] | null
  readonly simulator: boolean
  readonly providers: Readonly<Record<ProviderId, ProviderSettings>>
  readonly providerTimeoutMs: number
  readonly quoteDeadlineMs: number
  /** Requests per minute and key; 0 is no limit. */
  readonly rateLimitPerMinute: number
  readonly uploadMaxBytes: number
  readonly webhookAllowPrivate: boolean
  readonly mybeezboxOperationsFile: string | null
  readonly logLevel: string
  readonly metricsToken: string | null
  readonly otlpEndpoint: string | null
}

/** Kept in its canonical spelling, without a slash at its end. */
const url = z.string().transform((value, context) => {
  const parsed = URL.parse(value)
  const usable = parsed && /^https?:$/.test(parsed.protocol)
  if (usable && !parsed.username && !parsed.password && !parsed.search && !parsed.hash)
    return parsed.href.replace(/\/+$/, '')
  const message = usable ? 'must not hold a user, a query or a fragment' : 'must be an http or https URL'
  context.addIssue({ code: 'custom', message })
  return z.NEVER
})
const whole = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, { error: `must be a whole number from ${min} to ${max}` })
    .transform(Number)
    .refine(value => value >= min && value <= max, { error: `must be a whole number from ${min} to ${max}` })
const flag = z
  .enum(['true', 'false'], { error: 'must be true or false' })
  .transform(value => value === 'true')

const encryptionKeys = z.string().transform((value, context) => {
  const keys = value.split(',').map(key => Buffer.from(key.trim(), 'base64'))
  if (keys.every(key => key.length === 32)) return keys
  context.addIssue({ code: 'custom', message: 'must be 32 bytes in base64, or several separated by commas' })
  return z.NEVER
})

const Environment = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: whole(0, 65_535).default(3000),
  PUBLIC_URL: url.optional(),
  DATABASE_URL: z
    .string()
    .refine(value => /^postgres(ql)?:\/\//.test(value) && URL.canParse(value), {
      error: 'must be a postgresql:// URL',
    })
    .optional(),
  BILLBRIDGE_DATA_DIR: z.string().default('.billbridge'),
  BILLBRIDGE_MODE: z.enum(['test', 'live'], { error: 'must be test or live' }).default('test'),
  BILLBRIDGE_API_KEY: z
    .string()
    .regex(/^bb_(test|live)_[A-Za-z0-9]{32,128}$/, {
      error: 'must be bb_test_ or bb_live_ and at least 32 random letters or digits',
    })
    .optional(),
  BILLBRIDGE_ENCRYPTION_KEY: encryptionKeys.optional(),
  BILLBRIDGE_SIMULATOR: z.enum(['on', 'off'], { error: 'must be on or off' }).optional(),
  BILLBRIDGE_WEBHOOK_ALLOW_PRIVATE: flag.default(false),
  HOMEBOX_BASE_URL: url.optional(),
  HOMEBOX_TOKEN: z.string().optional(),
  HOUSR_BASE_URL: url.optional(),
  HOUSR_API_KEY: z.string().optional(),
  ONE_UTILITY_BILL_BASE_URL: url.optional(),
  ONE_UTILITY_BILL_CLIENT_ID: z.string().optional(),
  ONE_UTILITY_BILL_CLIENT_SECRET: z.string().optional(),
  MYBEEZBOX_BASE_URL: url.optional(),
  MYBEEZBOX_USERNAME: z.string().optional(),
  MYBEEZBOX_PASSWORD: z.string().optional(),
  MYBEEZBOX_OPERATIONS_FILE: z.string().optional(),
  PROVIDER_TIMEOUT_MS: whole(100, 120_000).default(10_000),
  QUOTE_DEADLINE_MS: whole(100, 120_000).default(8_000),
  RATE_LIMIT_PER_MINUTE: whole(0, 1_000_000).default(600),
  UPLOAD_MAX_BYTES: whole(1_024, 104_857_600).default(10_485_760),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  METRICS_TOKEN: z.string().min(16, { error: 'must have at least 16 characters' }).optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: url.optional(),
})
type Environment = z.output<typeof Environment>

const providerVariables = {
  homebox: { baseUrl: 'HOMEBOX_BASE_URL', credentials: { token: 'HOMEBOX_TOKEN' } },
  housr: { baseUrl: 'HOUSR_BASE_URL', credentials: { api_key: 'HOUSR_API_KEY' } },
  one_utility_bill: {
    baseUrl: 'ONE_UTILITY_BILL_BASE_URL',
    credentials: { client_id: 'ONE_UTILITY_BILL_CLIENT_ID', client_secret: 'ONE_UTILITY_BILL_CLIENT_SECRET' },
  },
  mybeezbox: {
    baseUrl: 'MYBEEZBOX_BASE_URL',
    credentials: { username: 'MYBEEZBOX_USERNAME', password: 'MYBEEZBOX_PASSWORD' },
  },
} as const satisfies Record<ProviderId, ProviderVariables>

interface ProviderVariables {
  readonly baseUrl: ProviderVariable
  readonly credentials: Readonly<Record<string, ProviderVariable>>
}
type ProviderVariable = Extract<keyof Environment, `${Uppercase<ProviderId>}_${string}`>
type Variables = Readonly<Record<string, string>>

function providerSettings(environment: Environment, provider: ProviderId): ProviderSettings {
  const { baseUrl, credentials }: ProviderVariables = providerVariables[provider]
  const given = Object.entries(credentials).flatMap(([field, name]) => {
    const value = environment[name]
    return value === undefined ? [] : [[field, value] as const]
  })
  return {
    baseUrl: environment[baseUrl] ?? null,
    credentials: given.length > 0 ? Object.fromEntries(given) : null,
  }
}

/** All of a provider's variables or none: half a set of credentials is a mistake, as is a base URL without them. */
function providerMistakes(set: Variables, { baseUrl, credentials }: ProviderVariables): string[] {
  const names = Object.values(credentials)
  const given = names.filter(name => set[name] !== undefined).length
  if (given > 0 && given < names.length) return [`${names.join(' and ')} must be set together`]
  return set[baseUrl] !== undefined && given === 0 ? [`${baseUrl} is set without ${names.join(' and ')}`] : []
}

function modeMistakes(set: Variables): string[] {
  const mode = set['BILLBRIDGE_MODE'] ?? 'test'
  const key = set['BILLBRIDGE_API_KEY']
  const other = mode === 'live' ? 'bb_test_' : 'bb_live_'
  const mistakes = key?.startsWith(other)
    ? [`BILLBRIDGE_API_KEY must start with bb_${mode === 'live' ? 'live' : 'test'}_ in this mode`]
    : []
  if (mode !== 'live') return mistakes
  if (set['BILLBRIDGE_ENCRYPTION_KEY'] === undefined)
    mistakes.push(
      'BILLBRIDGE_ENCRYPTION_KEY is required in live mode: 32 bytes in base64 (openssl rand -base64 32)',
    )
  if (set['BILLBRIDGE_SIMULATOR'] === 'on') mistakes.push('BILLBRIDGE_SIMULATOR must be off in live mode')
  if (set['BILLBRIDGE_WEBHOOK_ALLOW_PRIVATE'] === 'true')
    mistakes.push('BILLBRIDGE_WEBHOOK_ALLOW_PRIVATE must be false in live mode')
  return mistakes
}

/** What was given: an empty variable counts as not set, and white space around a value is not part of it. */
function whatIsSet(variables: Readonly<Record<string, string | undefined>>): Variables {
  const trimmed = Object.entries(variables).map(([name, value]) => [name, value?.trim() ?? ''] as const)
  return Object.fromEntries(trimmed.filter(([, value]) => value !== ''))
}

/** Reads the environment. Throws ConfigError with every mistake at once. */
export function readConfig(variables: Readonly<Record<string, string | undefined>>): Config {
  const set = whatIsSet(variables)
  const parsed = Environment.safeParse(set)
  const mistakes = [
    ...(parsed.error?.issues ?? []).map(issue => `${issue.path.join('.')} ${issue.message}`),
    ...Object.values(providerVariables).flatMap(names => providerMistakes(set, names)),
    ...modeMistakes(set),
  ]
  if (!parsed.success || mistakes.length > 0) throw new ConfigError(mistakes)
  return configOf(parsed.data)
}

function configOf(environment: Environment): Config {
  const providers = {
    homebox: providerSettings(environment, 'homebox'),
    housr: providerSettings(environment, 'housr'),
    one_utility_bill: providerSettings(environment, 'one_utility_bill'),
    mybeezbox: providerSettings(environment, 'mybeezbox'),
  }
  const noCredentials = Object.values(providers).every(provider => provider.credentials === null)
  return Object.freeze({
    host: environment.HOST,
    port: environment.PORT,
    publicUrl: environment.PUBLIC_URL ?? null,
    databaseUrl: environment.DATABASE_URL ?? null,
    dataDirectory: environment.BILLBRIDGE_DATA_DIR,
    mode: environment.BILLBRIDGE_MODE,
    apiKey: environment.BILLBRIDGE_API_KEY ?? null,
    encryptionKeys: environment.BILLBRIDGE_ENCRYPTION_KEY ?? null,
    simulator: environment.BILLBRIDGE_SIMULATOR
      ? environment.BILLBRIDGE_SIMULATOR === 'on'
      : noCredentials && environment.BILLBRIDGE_MODE === 'test',
    providers,
    providerTimeoutMs: environment.PROVIDER_TIMEOUT_MS,
    quoteDeadlineMs: environment.QUOTE_DEADLINE_MS,
    rateLimitPerMinute: environment.RATE_LIMIT_PER_MINUTE,
    uploadMaxBytes: environment.UPLOAD_MAX_BYTES,
    webhookAllowPrivate: environment.BILLBRIDGE_WEBHOOK_ALLOW_PRIVATE,
    mybeezboxOperationsFile: environment.MYBEEZBOX_OPERATIONS_FILE ?? null,
    logLevel: environment.LOG_LEVEL,
    metricsToken: environment.METRICS_TOKEN ?? null,
    otlpEndpoint: environment.OTEL_EXPORTER_OTLP_ENDPOINT ?? null,
  })
}

/** The process's own environment: the only place that reads it. */
export function configOfProcess(): Config {
  return readConfig(process.env)
}
