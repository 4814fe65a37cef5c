import type { z } from 'zod'
import { pageThrough } from '#connections/page-through'
import type { SingleQuery } from '#contract/vocabulary'
import type { VoucherQuery } from '#contract/vouchers'
import type { Call } from '#http/caller'
import { askByQuery, readOne } from '#resources/provider-objects/at-mybeezbox'
import { isNotThere } from '#resources/provider-objects/not-there'
import { shown } from '#resources/provider-objects/show'
import type { Services } from '#services'

const VOUCHER = 'voucher'
const NO_MORE = { items: [], pages: null, total: null }

/** A page of the vouchers that are looked for, in the provider's order. */
export async function listVouchers(services: Services, call: Call, query: z.output<typeof VoucherQuery>) {
  const { caller } = call
  const { limit: _, cursor: __, ...filters } = query
  // A cursor goes on with what was looked for, and with nothing else.
  const list = `vouchers?${new URLSearchParams(filters)}`
  const request = services.cursors.read(query, list, caller)
  const fetchPage = (page: number) =>
    askByQuery(services, call, 'vouchers.list', { page, filters }).catch((err: unknown) => {
      // There were more vouchers when the page before was read.
      if (page > 1 && isNotThere(err)) return NO_MORE
      throw err
    })
  const page = await pageThrough(services.cursors, fetchPage, request, { list, caller })
  return { ...page, data: page.data.map(voucher => shown(call, VOUCHER, voucher)) }
}

/** One voucher, as it is at MyBeezBox now. */
export function getVoucher(
  services: Services,
  call: Call,
  code: string,
  query: z.output<typeof SingleQuery> = {},
) {
  const request = { operation: 'vouchers.get', input: { code }, query } as const
  return readOne(services, call, request, value => shown(call, VOUCHER, value))
}
