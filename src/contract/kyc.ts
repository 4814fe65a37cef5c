import { z } from 'zod'
import { providerObject, ProviderPathUuid } from '#contract/provider-objects'
import { UploadedFile } from '#contract/uploads'
import { text } from '#contract/vocabulary'

const said = z.string().nullable()

/** The partner's UUID at the provider, in a path. */
export const PartnerParams = z.strictObject({
  partner_uuid: ProviderPathUuid.meta({ examples: ['baf5a0f2-4b5b-422d-9a1b-2fc636e89b45'] }),
})

/** How far a partner is known; `other` is what nobody has documented. */
export const kycStates = ['validated', 'not_validated', 'other'] as const

export const KycLevel = providerObject('kyc_level', {
  partner_id: said,
  partner_uuid: said,
  state: z.enum(kycStates),
  provider_state: said.meta({
    description: "The provider's own word: its `error` says that the partner is not validated.",
  }),
  reason: said,
  errors: z.array(z.unknown()).meta({ description: 'What is still missing, as MyBeezBox writes it.' }),
})
  .omit({ id: true })
  .meta({ id: 'KycLevel', description: 'Whether it is validated who a partner is.' })

export const kycDocumentTypes = [
  'identity_proof',
  'registration_proof',
  'articles_of_association',
  'shareholder_declaration',
  'address_proof',
] as const
const KycDocumentType = z.enum(kycDocumentTypes)
export type KycDocumentType = z.output<typeof KycDocumentType>

/** A form has texts and files alone, so that it carries no metadata. */
export const KycDocumentRequest = z
  .strictObject({
    type: KycDocumentType,
    comment: text(2_000).meta({ examples: ['A comment about the document'] }),
    file: UploadedFile.meta({ description: 'The document: JPEG, PNG or PDF.' }),
  })
  .meta({ id: 'KycDocumentRequest', description: 'A document that shows who a partner is.' })

export const KycDocument = providerObject('kyc_document', {
  partner_id: said,
  partner_uuid: said,
  type: z.enum([...kycDocumentTypes, 'other']),
  provider_type: said.meta({ description: "The provider's own word." }),
  comment: said,
}).meta({ id: 'KycDocument', description: 'A document that was handed over.' })
