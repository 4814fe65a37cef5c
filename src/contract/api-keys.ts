import { z } from 'zod'
import { absentable, idOf, Instant, ListQuery, Metadata, Mode, text, Timestamp } from '#contract/vocabulary'

const SECRET_EXAMPLE = 'bb_test_4Qm7Zt1xVb9LkR2pW8sHnY6cJ3fGdTe5UaXiKoBvNqM'

const scopes = z
  .array(text(64))
  .min(1)
  .max(200)
  .meta({
    description:
      'What the key may do: the first part of a path with `_` for `-`, and `read` (also for previews) or `write`. What is below an order takes `orders:…`. `admin` implies all but `platform`, which makes accounts.',
    examples: [['quotes:read', 'quotes:write']],
  })

export const ApiKeyRequest = z
  .strictObject({
    name: text(191).meta({ description: 'What it is for.', examples: ['Letting portal'] }),
    scopes,
    mode: Mode,
    expires_at: absentable(Instant).meta({ description: 'From then on it is refused; never when absent.' }),
    metadata: absentable(Metadata),
  })
  .meta({
    id: 'ApiKeyRequest',
    description: 'What a new key may do, where and until when.',
    examples: [{ name: 'Letting portal', scopes: ['quotes:read', 'quotes:write'], mode: 'test' }],
  })
export type ApiKeyRequest = z.output<typeof ApiKeyRequest>

/** Seconds; a week. */
const LONGEST_OVERLAP = 604_800

export const ApiKeyRotation = z
  .strictObject({
    overlap_seconds: absentable(z.int().min(0).max(LONGEST_OVERLAP)).meta({
      description: 'How much longer the old key is taken, a week at most. 0 when absent: it ends at once.',
    }),
  })
  .nullish()
  .meta({
    id: 'ApiKeyRotation',
    description: 'What becomes of the old key.',
    examples: [{ overlap_seconds: 3_600 }],
  })
export type ApiKeyRotation = z.output<typeof ApiKeyRotation>

export const keySources = ['environment', 'made', 'api'] as const

export const ApiKey = z
  .object({
    id: z.string().meta({ examples: ['key_01kb2z6x9ve8vs2m0g5a7d3c1r'] }),
    object: z.literal('api_key'),
    mode: Mode,
    name: z.string(),
    scopes: z.array(z.string()),
    hint: z.string().meta({
      description: 'The first and last characters of the secret, to tell keys apart.',
      examples: ['bb_test_4Qm…vNqM'],
    }),
    secret: z
      .string()
      .exactOptional()
      .meta({
        description: 'The key itself, to be sent as bearer. Shown only where it is made.',
        examples: [SECRET_EXAMPLE],
      }),
    source: z.enum(keySources).meta({
      description:
        '`environment` and `made` (at the first start) are bootstrap keys of the installation, `api` all others.',
    }),
    metadata: Metadata,
    created_at: Timestamp,
    expires_at: Timestamp.nullable(),
    last_used_at: Timestamp.nullable().meta({ description: 'To the minute.' }),
    revoked_at: Timestamp.nullable(),
  })
  .meta({ id: 'ApiKey', description: 'A key of your account in one mode.' })
export type ApiKey = z.infer<typeof ApiKey>

export const ApiKeyQuery = ListQuery.extend({
  mode: Mode.exactOptional().meta({ description: 'Of which mode; that of your own key when absent.' }),
})

export const ApiKeyParams = z.strictObject({ key_id: idOf('key') })
