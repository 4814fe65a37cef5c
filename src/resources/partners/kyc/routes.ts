import type { FastifyInstance } from 'fastify'
import { KycDocument, KycDocumentRequest, KycLevel, PartnerParams } from '#contract/kyc'
import { PreviewQuery, SingleQuery } from '#contract/vocabulary'
import { respond } from '#http/answer'
import { endpoint } from '#http/endpoint'
import { pushDocument } from '#resources/partners/kyc/push-document'
import { readOne } from '#resources/provider-objects/at-mybeezbox'
import { FROM_MYBEEZBOX, ONCE, ONCE_ANSWERS, operationOf } from '#resources/provider-objects/documented'
import { shown } from '#resources/provider-objects/show'
import type { Services } from '#services'

const tag = 'Partners'
const file = { types: ['image/jpeg', 'image/png', 'application/pdf'], required: true } as const

export function kycRoutes(app: FastifyInstance, services: Services): void {
  endpoint(app, {
    method: 'GET',
    path: '/v1/partners/{partner_uuid}/kyc',
    operationId: 'getPartnerKyc',
    tag,
    summary: 'Get whether it is validated who a partner is',
    description: 'Read at MyBeezBox. A partner who is not validated is an answer like another.',
    takes: { params: PartnerParams, query: SingleQuery },
    answers: { 200: { description: 'The level.', schema: KycLevel } },
    problems: FROM_MYBEEZBOX,
    operation: operationOf('kyc.level'),
    handle: async ({ params: input, query }, call) => {
      const request = { operation: 'kyc.level', input, query } as const
      return respond(
        KycLevel,
        await readOne(services, call, request, level => shown(call, 'kyc_level', level)),
      )
    },
  })

  endpoint(app, {
    method: 'POST',
    path: '/v1/partners/{partner_uuid}/kyc-documents',
    operationId: 'createPartnerKycDocument',
    tag,
    summary: 'Hand over a document that shows who a partner is',
    description:
      'A multipart form. The document is received whole and checked, then sent to MyBeezBox once per key.',
    takes: { params: PartnerParams, body: KycDocumentRequest, query: PreviewQuery },
    files: { file },
    answers: { ...ONCE_ANSWERS, 201: { description: 'The document.', schema: KycDocument } },
    problems: ONCE,
    operation: operationOf('kyc.pushDocument'),
    handle: ({ params, body, query }, call) =>
      pushDocument(services, call, { partnerUuid: params.partner_uuid, body, query }),
  })
}
