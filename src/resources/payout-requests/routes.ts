import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { Payment } from '#contract/payments'
import {
  PayoutRequest,
  PayoutRequestDecision,
  PayoutRequestParams,
  PayoutRequestQuery,
} from '#contract/payout-requests'
import { ListQuery, listOf, NoBody, PreviewQuery } from '#contract/vocabulary'
import { respond } from '#http/answer'
import { endpoint } from '#http/endpoint'
import { type Decision, decidePayoutRequest } from '#resources/payout-requests/decide-payout-request'
import {
  getPayoutFile,
  getPayoutRequest,
  listPayoutPayments,
  listPayoutRequests,
} from '#resources/payout-requests/read-payout-requests'
import {
  changed,
  FROM_MYBEEZBOX,
  ONCE_ANSWERS,
  ONE_AT_A_TIME,
  operationOf,
} from '#resources/provider-objects/documented'
import type { Services } from '#services'

const tag = 'Payouts and invoices'
const path = '/v1/payout-requests'
const PayoutRequests = listOf(PayoutRequest, 'Payout requests.')
const PaymentsOfOne = listOf(Payment, 'Payments of a payout request.')

function readRoutes(app: FastifyInstance, services: Services): void {
  endpoint(app, {
    method: 'GET',
    path,
    operationId: 'listPayoutRequests',
    tag,
    summary: 'List payout requests',
    description: 'Read at MyBeezBox, in its order. Of several filters all must be true.',
    takes: { query: PayoutRequestQuery },
    answers: { 200: { description: 'A page of payout requests.', schema: PayoutRequests } },
    problems: FROM_MYBEEZBOX,
    operation: operationOf('payoutRequests.list'),
    handle: async ({ query }, call) =>
      respond(PayoutRequests, await listPayoutRequests(services, call, query)),
  })

  endpoint(app, {
    method: 'GET',
    path: `${path}/{id}`,
    operationId: 'getPayoutRequest',
    tag,
    summary: 'Get a payout request',
    description: 'Read at MyBeezBox.',
    takes: { params: PayoutRequestParams },
    answers: { 200: { description: 'The payout request.', schema: PayoutRequest } },
    problems: FROM_MYBEEZBOX,
    operation: operationOf('payoutRequests.get'),
    handle: async ({ params }, call) =>
      respond(PayoutRequest, await getPayoutRequest(services, call, params.id)),
  })

  endpoint(app, {
    method: 'GET',
    path: `${path}/{id}/payments`,
    operationId: 'listPayoutRequestPayments',
    tag,
    summary: 'List the payments of a payout request',
    description: 'Read at MyBeezBox, in its order.',
    takes: { params: PayoutRequestParams, query: ListQuery },
    answers: { 200: { description: 'A page of payments.', schema: PaymentsOfOne } },
    problems: FROM_MYBEEZBOX,
    operation: operationOf('payoutRequests.payments'),
    handle: async ({ params, query }, call) =>
      respond(PaymentsOfOne, await listPayoutPayments(services, call, params.id, query)),
  })
}

const decided: Readonly<Record<Decision, { operationId: string; summary: string; description: string }>> = {
  validate: {
    operationId: 'validatePayoutRequest',
    summary: 'Validate a payout request',
    description: 'The partner is paid. Sent once per `Idempotency-Key`, never twice.',
  },
  cancel: {
    operationId: 'cancelPayoutRequest',
    summary: 'Cancel a payout request',
    description: 'The partner is not paid. Sent once per `Idempotency-Key`, never twice.',
  },
}

function decisionRoute(app: FastifyInstance, services: Services, decision: Decision): void {
  endpoint(app, {
    method: 'POST',
    path: `${path}/{id}/${decision}`,
    tag,
    ...decided[decision],
    takes: { params: PayoutRequestParams, body: NoBody, query: PreviewQuery },
    answers: {
      ...ONCE_ANSWERS,
      200: changed(PayoutRequestDecision, 'It has been done.'),
    },
    problems: ONE_AT_A_TIME,
    operation: operationOf(`payoutRequests.${decision}`),
    handle: ({ params: { id }, query }, call) => decidePayoutRequest(services, call, { id, decision, query }),
  })
}

function fileRoute(app: FastifyInstance, services: Services, kind: 'pdf' | 'xls', contentType: string): void {
  const name = kind.toUpperCase()
  endpoint(app, {
    method: 'GET',
    path: `${path}/{id}/${kind}`,
    operationId: `getPayoutRequest${name}`,
    tag,
    summary: `Get a payout request as ${name}`,
    description: `Passed on byte for byte while it comes in. MyBeezBox makes it when it is asked for the first time.`,
    takes: { params: PayoutRequestParams },
    answers: { 200: { description: `The ${name} file.`, schema: z.string(), contentType } },
    problems: FROM_MYBEEZBOX,
    operation: operationOf(`payoutRequests.${kind}`),
    handle: ({ params: { id } }, call) => getPayoutFile(services, call, { id, kind }),
  })
}

export function payoutRequestRoutes(app: FastifyInstance, services: Services): void {
  readRoutes(app, services)
  decisionRoute(app, services, 'validate')
  decisionRoute(app, services, 'cancel')
  fileRoute(app, services, 'pdf', 'application/pdf')
  fileRoute(app, services, 'xls', 'application/vnd.ms-excel')
}
