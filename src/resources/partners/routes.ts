import type { FastifyInstance } from 'fastify'
import { Partner, PartnerCheck, PartnerCheckQuery, PartnerRequest } from '#contract/partners'
import { PreviewQuery } from '#contract/vocabulary'
import { respond } from '#http/answer'
import { endpoint } from '#http/endpoint'
import { checkPartner } from '#resources/partners/check-partner'
import { createPartner } from '#resources/partners/create-partner'
import { kycRoutes } from '#resources/partners/kyc/routes'
import { partnerWalletRoutes } from '#resources/partners/wallet/routes'
import { FROM_MYBEEZBOX, ONCE, ONCE_ANSWERS, operationOf } from '#resources/provider-objects/documented'
import type { Services } from '#services'

const tag = 'Partners'

export function partnerRoutes(app: FastifyInstance, services: Services): void {
  endpoint(app, {
    method: 'POST',
    path: '/v1/partners',
    operationId: 'createPartner',
    tag,
    summary: 'Create a partner',
    description: 'Made at MyBeezBox once per key. The bank account is passed on and not kept.',
    takes: { body: PartnerRequest, query: PreviewQuery },
    answers: { ...ONCE_ANSWERS, 201: { description: 'The partner.', schema: Partner } },
    problems: ONCE,
    operation: operationOf('partners.create'),
    handle: ({ body, query }, call) => createPartner(services, call, body, query),
  })

  endpoint(app, {
    method: 'GET',
    path: '/v1/partners/check',
    operationId: 'checkPartner',
    tag,
    summary: 'See whether there is a partner',
    description: 'Asked at MyBeezBox, by SIRET or commercial name.',
    takes: { query: PartnerCheckQuery },
    answers: { 200: { description: 'Whether there is.', schema: PartnerCheck } },
    problems: FROM_MYBEEZBOX,
    operation: operationOf('partners.check'),
    handle: async ({ query }, call) => respond(PartnerCheck, await checkPartner(services, call, query)),
  })

  kycRoutes(app, services)
  partnerWalletRoutes(app, services)
}
