import type { z } from 'zod'
import type { KycDocument, KycDocumentType, KycLevel } from '#contract/kyc'
import type { Told } from '#providers/port/provider-objects'
import type { FilePart } from '#providers/port/upstream'

export type ProviderKycLevel = Told<z.output<typeof KycLevel>>
export type ProviderKycDocument = Told<z.output<typeof KycDocument>>

/** Who a partner is: known so far, and what shows it. */
export interface KycOperations {
  'kyc.level': (of: { partner_uuid: string }) => Promise<ProviderKycLevel>
  'kyc.pushDocument': (draft: {
    partner_uuid: string
    type: KycDocumentType
    comment: string
    file: FilePart
  }) => Promise<ProviderKycDocument>
}
