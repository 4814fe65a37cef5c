import type { z } from 'zod'
import type { Voucher, VoucherState } from '#contract/vouchers'
import type { ProviderPage } from '#providers/port/paging'
import type { Told } from '#providers/port/provider-objects'

export type ProviderVoucher = Told<z.output<typeof Voucher>>

/** By what vouchers are looked for; all that are given must be true. */
export interface VoucherFilters {
  readonly code?: string
  readonly voucher_prototype_name?: string
  readonly gifter?: string
  readonly giftee?: string
  readonly origin_url?: string
}

export interface VoucherOperations {
  'vouchers.list': (by: { page: number; filters: VoucherFilters }) => Promise<ProviderPage<ProviderVoucher>>
  'vouchers.get': (at: { code: string }) => Promise<ProviderVoucher>
  /** Its answer is not documented: `vouchers.get` shows what has become of it. Pointers are relative to `changes`. */
  'vouchers.update': (input: { code: string; changes: { state: VoucherState } }) => Promise<void>
}
