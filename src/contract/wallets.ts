import { z } from 'zod'
import { providerObject, ProviderPathUuid } from '#contract/provider-objects'
import { Money } from '#contract/vocabulary'

const said = z.string().nullable()

export const Wallet = providerObject('wallet', {
  partner_uuid: z.string(),
  balance: Money,
})
  .omit({ id: true })
  .meta({ id: 'Wallet', description: "What lies in a partner's wallet." })

export const WalletTransfer = providerObject('wallet_transfer', {}).extend({ id: said }).meta({
  id: 'WalletTransfer',
  description: 'A transfer. The document shows no field of it: all of them are under `details`.',
})

export const WalletParams = z.strictObject({
  uuid: ProviderPathUuid.meta({
    description:
      "The wallet's own UUID, not the partner's: a payment names it in `extra_source_wallet_uuid`.",
    examples: ['a1b2c3d4-e5f6-4789-9012-34567890abcd'],
  }),
})
