import { z } from 'zod'
import { kycDocumentTypes } from '#contract/kyc'
import { orNull, OptionalText } from '#providers/answer-schemas'
import type { MybeezboxClient } from '#providers/mybeezbox/client'
import { detailed, Id, OptionalId } from '#providers/mybeezbox/dialect'
import type { Implements } from '#providers/port/index'
import type { ProviderKycDocument, ProviderKycLevel } from '#providers/port/kyc'

/** Section "Check partner KYC level": of its statuses the document shows `error` alone. */
const Level = detailed(
  {
    status: z.string().min(1),
    detail: OptionalText,
    partner: OptionalId,
    partner_uuid: OptionalText,
    errors: orNull(z.array(z.unknown())),
  },
  () => ({}),
)

/** Section "Push KYC document for a specific partner". */
const Document = detailed(
  {
    id: Id,
    partner: OptionalId,
    partner_uuid: OptionalText,
    comment: OptionalText,
    document_type: OptionalText,
  },
  () => ({}),
)

const states: ReadonlyMap<string, ProviderKycLevel['state']> = new Map([
  ['error', 'not_validated'],
  ['ok', 'validated'],
])

export const mybeezboxKyc = {
  'kyc.level': async (client, { partner_uuid }) =>
    fromLevel(await client.call('kyc.level', { params: { partner_uuid } }, Level)),
  'kyc.pushDocument': async (client, { partner_uuid, type, comment, file }) => {
    const fields = { partner_uuid, comment, document_type: type.toUpperCase() }
    const body = { kind: 'multipart', fields, files: { file } } as const
    return fromDocument(await client.call('kyc.pushDocument', { body }, Document))
  },
} satisfies Implements<MybeezboxClient>

/** It answers 200 whether or not a partner is validated: an `error` is a level like another. */
function fromLevel({ status, detail, partner, errors, ...level }: z.output<typeof Level>): ProviderKycLevel {
  return {
    ...level,
    partner_id: partner,
    state: states.get(status) ?? 'other',
    provider_state: status,
    reason: detail,
    errors: errors ?? [],
  }
}

function fromDocument({
  partner,
  document_type,
  ...document
}: z.output<typeof Document>): ProviderKycDocument {
  const type = kycDocumentTypes.find(known => known === document_type?.toLowerCase()) ?? 'other'
  return { ...document, partner_id: partner, type, provider_type: document_type }
}
