import type { FastifyInstance } from 'fastify'
import { ListQuery, listOf } from '#contract/vocabulary'
import { WalletParams, WalletTransfer } from '#contract/wallets'
import { respond } from '#http/answer'
import { endpoint } from '#http/endpoint'
import { askAboutOne } from '#resources/provider-objects/at-mybeezbox'
import { FROM_MYBEEZBOX, operationOf } from '#resources/provider-objects/documented'
import { listWhole, shown } from '#resources/provider-objects/show'
import type { Services } from '#services'

const Transfers = listOf(WalletTransfer, 'Transfers of a wallet.')

export function walletRoutes(app: FastifyInstance, services: Services): void {
  endpoint(app, {
    method: 'GET',
    path: '/v1/wallets/{uuid}/transfers',
    operationId: 'listWalletTransfers',
    tag: 'Partners',
    summary: 'List the transfers of a wallet',
    description:
      "Read at MyBeezBox, in its order. It takes the wallet's own UUID, which is known only from a payment's `extra_source_wallet_uuid`.",
    takes: { params: WalletParams, query: ListQuery },
    answers: { 200: { description: 'A page of transfers.', schema: Transfers } },
    problems: FROM_MYBEEZBOX,
    operation: operationOf('wallets.transfers'),
    handle: async ({ params, query }, call) => {
      const page = await listWhole(
        services,
        call,
        { list: `wallets/${params.uuid}/transfers`, query },
        async () => {
          const transfers = await askAboutOne(services, call, 'wallets.transfers', params)
          return transfers.map(transfer => shown(call, 'wallet_transfer', transfer))
        },
      )
      return respond(Transfers, page)
    },
  })
}
