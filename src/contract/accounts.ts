import { z } from 'zod'
import { ApiKey } from '#contract/api-keys'
import { absentable, Metadata, Mode, text, Timestamp } from '#contract/vocabulary'

export const AccountRequest = z
  .strictObject({
    name: text(191),
    mode: absentable(Mode).meta({ description: 'Of its first key; that of your own key when absent.' }),
    metadata: absentable(Metadata),
  })
  .meta({
    id: 'AccountRequest',
    description: 'Whom a further account is for.',
    examples: [{ name: 'Coquet Lettings', mode: 'test' }],
  })
export type AccountRequest = z.output<typeof AccountRequest>

export const Account = z
  .object({
    id: z.string().meta({ examples: ['account_01kb2z6x9ve8vs2m0g5a7d3c1r'] }),
    object: z.literal('account'),
    mode: Mode.meta({ description: 'Of its first key. An account may have keys of both modes.' }),
    name: z.string(),
    metadata: Metadata,
    created_at: Timestamp,
    api_key: ApiKey,
  })
  .meta({ id: 'Account', description: 'A customer of this gateway. Nobody else sees what belongs to it.' })
export type Account = z.infer<typeof Account>
