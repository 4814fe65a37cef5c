import { z } from 'zod'
import {
  absentable,
  idOf,
  ListQuery,
  Metadata,
  Mode,
  type ProviderId,
  ProviderId as Provider,
  text,
  Timestamp,
} from '#contract/vocabulary'
import { currencies } from '#values/money'

const longest = 2_000
/** Stands in a header. */
const token = (description: string) =>
  z
    .string()
    .max(longest)
    .regex(/^[\x21-\x7e]+$/, { error: 'must be printable ASCII without spaces' })
    .meta({ description, writeOnly: true })
const word = (description: string) => z.string().min(1).max(longest).meta({ description, writeOnly: true })

/** What each provider knows a caller by, in the names that its adapter takes. */
export const credentialsOf = {
  homebox: z.strictObject({ token: token('API token of the partner account.') }),
  housr: z.strictObject({ api_key: token('API key of the registered company.') }),
  one_utility_bill: z.strictObject({
    client_id: word('OAuth 2.0 client id.'),
    client_secret: word('OAuth 2.0 client secret.'),
  }),
  mybeezbox: z.strictObject({
    username: word('Name of the API user.'),
    password: word('Password of the API user.'),
  }),
} as const satisfies Record<ProviderId, z.ZodType>

const Settings = z.strictObject({
  partner_uuid: absentable(z.uuid()).meta({
    description: 'The partner that a payment request of an order is paid to, unless it names one.',
    examples: ['baf5a0f2-4b5b-422d-9a1b-2fc636e89b45'],
  }),
  currency: absentable(z.enum(currencies)).meta({
    description: 'ISO 4217: what payment requests of orders are in; `EUR` when left out.',
  }),
})

const name = absentable(text(100)).meta({
  description: "To tell connections apart; the provider's name when left out.",
  examples: ['Leeds office'],
})
const baseUrl = absentable(z.string().max(2_048)).meta({
  description:
    'Where the provider is called: `https`, a domain name, port 443 or 8443, in your mode. Left out, it is the public address of the provider, which Housr and MyBeezBox have none of. Private and loopback addresses are refused when it is called.',
  examples: ['https://sandbox.billingbetter.co.uk'],
})
const common = { name, base_url: baseUrl, metadata: absentable(Metadata) }

const requestFor = <P extends ProviderId>(provider: P) =>
  z.strictObject({ provider: z.literal(provider), ...common, credentials: credentialsOf[provider] })

export const ConnectionRequest = z
  .discriminatedUnion(
    'provider',
    [
      requestFor('homebox'),
      requestFor('housr'),
      requestFor('one_utility_bill'),
      requestFor('mybeezbox').extend({ settings: absentable(Settings) }),
    ],
    {
      error: issue =>
        issue.code === 'invalid_union' ? `must be one of ${Provider.options.join(', ')}` : undefined,
    },
  )
  .meta({
    id: 'ConnectionRequest',
    description: 'Credentials of your own for a provider.',
    examples: [
      {
        provider: 'housr',
        name: 'Leeds office',
        base_url: 'https://housr.example',
        credentials: { api_key: 'the-key-of-your-company' },
      },
    ],
  })
export type ConnectionRequest = z.output<typeof ConnectionRequest>

export const ConnectionChanges = z
  .strictObject({
    ...common,
    credentials: absentable(z.union(Object.values(credentialsOf))).meta({
      description: 'All that the provider knows you by, in place of what there is.',
    }),
    settings: absentable(Settings).meta({ description: 'MyBeezBox only. In place of the whole of them.' }),
    metadata: absentable(Metadata).meta({ description: 'In place of the whole of it.' }),
  })
  .meta({
    id: 'ConnectionChanges',
    description: 'What is to be different; the rest stays.',
    examples: [{ name: 'Leeds and Bradford' }],
  })
export type ConnectionChanges = z.output<typeof ConnectionChanges>

export const connectionSources = ['environment', 'simulator', 'account'] as const

export const Connection = z
  .object({
    id: z.string().meta({ examples: ['connection_01kb2z6x9ve8vs2m0g5a7d3c1r'] }),
    object: z.literal('connection'),
    mode: Mode,
    provider: Provider,
    source: z.enum(connectionSources).meta({
      description:
        '`account`: entered by you. `environment` and `simulator`: brought along by the service; neither changed nor deleted here.',
    }),
    name: z.string(),
    base_url: z.string(),
    credentials: z.array(z.string()).meta({
      description: 'Which credentials are set. What they are is never shown.',
      examples: [['client_id', 'client_secret']],
    }),
    settings: z
      .object({ partner_uuid: z.string().nullable(), currency: z.enum(currencies) })
      .nullable()
      .meta({ description: 'Null for a provider that has none.' }),
    metadata: Metadata,
    verified_at: Timestamp.nullable().meta({
      description: 'When the provider last took these credentials when they were tried.',
    }),
    created_at: Timestamp,
    updated_at: Timestamp,
  })
  .meta({ id: 'Connection', description: 'A way of this account to a provider.' })
export type Connection = z.infer<typeof Connection>

export const verificationOutcomes = [
  'accepted',
  'refused',
  'not_reached',
  'failed',
  'not_configured',
  'not_verifiable',
] as const

export const ConnectionVerification = z
  .object({
    object: z.literal('connection_verification'),
    connection: z.string(),
    mode: Mode,
    provider: Provider,
    outcome: z.enum(verificationOutcomes).meta({
      description:
        '`refused`: the provider does not take the credentials. `not_reached`: nothing was sent. `failed`: it was asked and did not answer as it should. `not_verifiable`: it has no harmless call to try them with.',
    }),
    status: z.int().nullable().meta({ description: 'What the provider answered; null without an answer.' }),
    message: z.string(),
    advice: z.string().nullable().meta({ description: 'What to do; null when there is nothing to do.' }),
    duration_ms: z.int(),
    verified_at: Timestamp.nullable(),
  })
  .meta({ id: 'ConnectionVerification', description: 'Whether a provider takes the credentials.' })
export type ConnectionVerification = z.infer<typeof ConnectionVerification>

export const ConnectionQuery = ListQuery.extend({ provider: Provider.exactOptional() })
export type ConnectionQuery = z.output<typeof ConnectionQuery>

export const ConnectionParams = z.strictObject({ connection_id: idOf('connection') })
