import type { FastifyInstance } from 'fastify'
import { PartnerParams } from '#contract/kyc'
import { SingleQuery } from '#contract/vocabulary'
import { Wallet } from '#contract/wallets'
import { respond } from '#http/answer'
import { endpoint } from '#http/endpoint'
import { readOne } from '#resources/provider-objects/at-mybeezbox'
import { FROM_MYBEEZBOX, operationOf } from '#resources/provider-objects/documented'
import { shown } from '#resources/provider-objects/show'
import type { Services } from '#services'

export function partnerWalletRoutes(app: FastifyInstance, services: Services): void {
  endpoint(app, {
    method: 'GET',
    path: '/v1/partners/{partner_uuid}/wallet',
    operationId: 'getPartnerWallet',
    tag: 'Partners',
    summary: "Get a partner's wallet",
    description: 'Read at MyBeezBox.',
    takes: { params: PartnerParams, query: SingleQuery },
    answers: { 200: { description: 'The wallet.', schema: Wallet } },
    problems: FROM_MYBEEZBOX,
    operation: operationOf('wallets.balance'),
    handle: async ({ params: input, query }, call) => {
      const request = { operation: 'wallets.balance', input, query } as const
      return respond(Wallet, await readOne(services, call, request, wallet => shown(call, 'wallet', wallet)))
    },
  })
}
