import type { z } from 'zod'
import { streamFromProvider } from '#connections/stream-from-provider'
import type { PayoutRequestQuery } from '#contract/payout-requests'
import type { ListQuery } from '#contract/vocabulary'
import type { FileAnswer } from '#http/answer'
import type { Call } from '#http/caller'
import { notFound } from '#http/problem-error'
import { listPaymentsOf } from '#resources/payments/read-payments'
import { askAboutOne, askMybeezbox, ownMybeezbox } from '#resources/provider-objects/at-mybeezbox'
import { isNotThere } from '#resources/provider-objects/not-there'
import { listWhole, shown } from '#resources/provider-objects/show'
import type { Services } from '#services'

export const PAYOUT_REQUEST = 'payout_request'

export function listPayoutRequests(
  services: Services,
  call: Call,
  query: z.output<typeof PayoutRequestQuery>,
) {
  const { limit: _, cursor: __, ...filters } = query
  const list = `payout-requests?${new URLSearchParams(filters)}`
  return listWhole(services, call, { list, query }, async () => {
    const found = await askMybeezbox(services, call, 'payoutRequests.list', filters)
    return found.map(request => shown(call, PAYOUT_REQUEST, request))
  })
}

/** One payout request, as it is at MyBeezBox now. */
export async function getPayoutRequest(services: Services, call: Call, id: string) {
  return shown(call, PAYOUT_REQUEST, await askAboutOne(services, call, 'payoutRequests.get', { id }))
}

export function listPayoutPayments(services: Services, call: Call, id: string, query: ListQuery) {
  return listPaymentsOf(services, call, { list: `payout-requests/${id}/payments`, query }, () =>
    askAboutOne(services, call, 'payoutRequests.payments', { id }),
  )
}

/** The file of a payout request, passed on as it comes. MyBeezBox makes it when it is asked for the first time. */
export async function getPayoutFile(
  services: Services,
  call: Call,
  { id, kind }: { id: string; kind: 'pdf' | 'xls' },
): Promise<FileAnswer> {
  const target = { connection: ownMybeezbox(services, call), filename: `payout-request-${id}.${kind}` }
  try {
    return await streamFromProvider(services, call, target, `payoutRequests.${kind}`, { id })
  } catch (err) {
    throw isNotThere(err) ? notFound('object at MyBeezBox') : err
  }
}
