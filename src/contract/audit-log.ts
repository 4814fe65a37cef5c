import { z } from 'zod'
import { idOf, ListQuery, Mode, text, Timestamp } from '#contract/vocabulary'

export const actorTypes = ['api_key', 'operator'] as const

export const AuditEntry = z
  .object({
    id: z.string().meta({ examples: ['audit_01kb2z6x9ve8vs2m0g5a7d3c1r'] }),
    object: z.literal('audit_entry'),
    mode: Mode,
    action: z.string().meta({ examples: ['api_keys.created'] }),
    actor: z
      .object({
        type: z.enum(actorTypes).meta({
          description: '`operator`: whoever runs this installation, at its command line or for your account.',
        }),
        key_id: z.string().nullable().meta({ description: 'The key that was used; null for the operator.' }),
      })
      .meta({ description: 'Who did it.' }),
    resource: z
      .string()
      .nullable()
      .meta({
        description: 'What it was done to.',
        examples: ['key_01kb2z6x9ve8vs2m0g5a7d3c1r'],
      }),
    data: z.record(z.string(), z.unknown()).meta({ description: 'Ids and states; no personal values.' }),
    request_id: z.string().nullable().meta({ description: 'Null where there was no request.' }),
    created_at: Timestamp,
  })
  .meta({ id: 'AuditEntry', description: 'Something that somebody did.' })
export type AuditEntry = z.infer<typeof AuditEntry>

export const AuditQuery = ListQuery.extend({
  action: text(64)
    .exactOptional()
    .meta({ description: 'What was done.', examples: ['api_keys.revoked'] }),
  resource: z
    .string()
    .max(64)
    .exactOptional()
    .meta({ description: 'What it was done to.', examples: ['key_01kb2z6x9ve8vs2m0g5a7d3c1r'] }),
  key_id: idOf('key').exactOptional().meta({ description: 'By which key.' }),
})
