import type { z } from 'zod'
import type { Wallet, WalletTransfer } from '#contract/wallets'
import type { Told } from '#providers/port/provider-objects'

export type ProviderWallet = Told<z.output<typeof Wallet>>
export type ProviderWalletTransfer = Told<z.output<typeof WalletTransfer>>

export interface WalletOperations {
  /** Takes the partner's UUID. */
  'wallets.balance': (of: { partner_uuid: string }) => Promise<ProviderWallet>
  /** Takes the wallet's own. */
  'wallets.transfers': (of: { uuid: string }) => Promise<readonly ProviderWalletTransfer[]>
}
