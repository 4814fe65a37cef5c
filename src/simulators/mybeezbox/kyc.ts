import { z } from 'zod'
import type { Endpoint } from '#simulators/core/endpoint'
import { byName } from '#simulators/core/magic'
import type { Store } from '#simulators/core/store'
import { invalid, read } from '#simulators/mybeezbox/dialect'
import { uuid } from '#simulators/mybeezbox/fields'
import { openRows, reads, type Row, rowAt, type Rows } from '#simulators/mybeezbox/records'

const TYPES = [
  'IDENTITY_PROOF',
  'REGISTRATION_PROOF',
  'ARTICLES_OF_ASSOCIATION',
  'SHAREHOLDER_DECLARATION',
  'ADDRESS_PROOF',
] as const

/** Section "Push KYC document for a specific partner". */
const DocumentBody = z.strictObject({
  partner_uuid: uuid,
  comment: z.string().min(1),
  document_type: z.enum(TYPES),
  file: z.looseObject({ filename: z.string(), content_type: z.string(), bytes: z.int().min(1) }),
})

/** A partner is validated who has shown who it is and that it is registered. */
function levelOf(partner: Row, documents: readonly Row[]): Row {
  const whose = { partner: partner['id'], partner_uuid: partner['uuid'] }
  const shown = new Set(
    documents.filter(({ partner: id }) => id === partner['id']).map(({ document_type }) => document_type),
  )
  const errors = ['IDENTITY_PROOF', 'REGISTRATION_PROOF'].filter(type => !shown.has(type))
  if (errors.length === 0) return { status: 'ok', detail: 'KYC has been validated', ...whose, errors }
  return { status: 'error', detail: 'KYC has not been validated for this partner', ...whose, errors }
}

function pushDocument(store: Store, documents: Rows, partners: Rows): Endpoint {
  return {
    operation: 'kyc.pushDocument',
    method: 'POST',
    path: '/kycdocuments/',
    effect: 'kept',
    multipart: true,
    renamed: ['id', 'uuid'],
    accept: call => {
      const { file: _, ...body } = read(DocumentBody, call.body)
      const partner = partners.get(body.partner_uuid)
      if (!partner) throw invalid({ partner_uuid: ['There is no partner with this UUID.'] })
      return {
        triggers: [byName(body.comment)],
        apply: () => {
          const row = { ...body, id: store.nextId(), partner: partner['id'] }
          documents.put(row.id, row)
          return { status: 201, body: row }
        },
      }
    },
  }
}

export function kycEndpoints(store: Store, partners: Rows): Endpoint[] {
  const documents = openRows(store, 'kyc-documents', [])
  return [
    pushDocument(store, documents, partners),
    reads({
      operation: 'kyc.level',
      path: '/kyc/:partner_uuid/',
      find: call => levelOf(rowAt(partners, call, 'partner_uuid'), documents.all()),
    }),
  ]
}
