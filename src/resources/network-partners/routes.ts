import type { FastifyInstance } from 'fastify'
import {
  NetworkPartner,
  NetworkPartnerChanges,
  NetworkPartnerRequest,
  NetworkPartnerSettings,
} from '#contract/network-partners'
import { PreviewQuery } from '#contract/vocabulary'
import { respond } from '#http/answer'
import { endpoint } from '#http/endpoint'
import { createNetworkPartner } from '#resources/network-partners/create-network-partner'
import { updateNetworkPartner } from '#resources/network-partners/update-network-partner'
import {
  changed,
  FROM_MYBEEZBOX,
  ONCE,
  ONCE_ANSWERS,
  operationOf,
} from '#resources/provider-objects/documented'
import { previewAt } from '#resources/provider-objects/perform-once'
import type { Services } from '#services'

const tag = 'Partners'
const path = '/v1/network-partners'

export function networkPartnerRoutes(app: FastifyInstance, services: Services): void {
  endpoint(app, {
    method: 'POST',
    path,
    operationId: 'createNetworkPartner',
    tag,
    summary: 'Create a partner of the network',
    description: 'Made at MyBeezBox once per key.',
    takes: { body: NetworkPartnerRequest, query: PreviewQuery },
    answers: { ...ONCE_ANSWERS, 201: { description: 'The partner.', schema: NetworkPartner } },
    problems: ONCE,
    operation: operationOf('networkPartners.create'),
    handle: ({ body, query }, call) => createNetworkPartner(services, call, body, query),
  })

  endpoint(app, {
    method: 'PATCH',
    path,
    operationId: 'updateNetworkPartner',
    tag,
    summary: 'Say what a partner of the network takes',
    description:
      'The body names the partner, by your id of it or by its SIRET, not by both. Doing so again changes nothing.',
    takes: { body: NetworkPartnerChanges, query: PreviewQuery },
    answers: { 200: changed(NetworkPartnerSettings, 'What it takes now.') },
    problems: [...FROM_MYBEEZBOX, 'not_found'],
    operation: operationOf('networkPartners.update'),
    handle: async ({ body: input, query }, call) =>
      query.preview === 'true'
        ? previewAt(services, call, { operation: 'networkPartners.update', input })
        : respond(NetworkPartnerSettings, await updateNetworkPartner(services, call, input)),
  })
}
