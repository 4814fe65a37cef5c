import type { z } from 'zod'
import type {
  NetworkVoucher,
  NetworkVoucherBox,
  NetworkVoucherOffer,
  NetworkVoucherUsage,
} from '#contract/network-vouchers'
import type { Told } from '#providers/port/provider-objects'

export type ProviderBox = Told<z.output<typeof NetworkVoucherBox>>
export type ProviderBoxOffer = Told<z.output<typeof NetworkVoucherOffer>>
export type ProviderNetworkVoucher = Told<z.output<typeof NetworkVoucher>>
export type ProviderNetworkVoucherUsage = Told<z.output<typeof NetworkVoucherUsage>>

export interface NetworkVoucherOperations {
  'boxes.list': (all: Record<string, never>) => Promise<readonly ProviderBox[]>
  'boxes.get': (at: { id: string }) => Promise<ProviderBox>
  'boxes.offers': (of: { id: string }) => Promise<readonly ProviderBoxOffer[]>
  'networkVouchers.getByCode': (by: { code: string }) => Promise<ProviderNetworkVoucher>
  'networkVouchers.listByEmail': (by: { email: string }) => Promise<readonly ProviderNetworkVoucher[]>
  'networkVouchers.usages': (of: { code: string }) => Promise<readonly ProviderNetworkVoucherUsage[]>
}
