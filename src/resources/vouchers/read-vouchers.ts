import type { z } from 'zod'
import { pageThrough } from '#connections/page-through'
import type { VoucherQuery } from '#contract/vouchers'
import type { Call } from '#http/caller'
import { askAboutOne, askByQuery } from '#resources/provider-objects/at-mybeezbox'
import { shown } from '#resources/provider-objects/show'
import type { Services } from '#services'

const VOUCHER = 'voucher'

/** A page of the vouchers that are looked for, in the provider's order. */
export async function listVouchers(services: Services, call: Call, query: z.output<typeof VoucherQuery>) {
  const { caller } = call
  const { limit: _, cursor: __, ...filters } = query
  // A cursor goes on with what was looked for, and with nothing else.
  const list = `vouchers?${new URLSearchParams(filters)}`
  const request = services.cursors.read(query, list, caller)
  const fetchPage = (page: number) => askByQuery(services, call, 'vouchers.list', { page, filters })
  const page = await pageThrough(services.cursors, fetchPage, request, { list, caller })
  return { ...page, data: page.data.map(voucher => shown(call, VOUCHER, voucher)) }
}

/** One voucher, as it is at MyBeezBox now. */
export async function getVoucher(services: Services, call: Call, code: string) {
  return shown(call, VOUCHER, await askAboutOne(services, call, 'vouchers.get', { code }))
}
