import { z } from 'zod'
import type { MybeezboxClient } from '#providers/mybeezbox/client'
import { detailed, Euros, OptionalId } from '#providers/mybeezbox/dialect'
import type { Implements } from '#providers/port/index'

/** Section "Check wallet's balance by UUID". */
const Balance = detailed({ amount: Euros }, () => ({}))

/** Section "Get wallet's transfers by UUID" shows an object without fields. */
const Transfer = detailed({ id: OptionalId }, () => ({}))

export const mybeezboxWallets = {
  'wallets.balance': async (client, { partner_uuid }) => {
    const { amount, details } = await client.call('wallets.balance', { params: { partner_uuid } }, Balance)
    return { partner_uuid, balance: amount, details }
  },
  'wallets.transfers': (client, { uuid }) =>
    client.call('wallets.transfers', { params: { uuid } }, z.array(Transfer)),
} satisfies Implements<MybeezboxClient>
