import { z } from 'zod'
import { OptionalText } from '#providers/answer-schemas'
import type { MybeezboxClient } from '#providers/mybeezbox/client'
import {
  detailed,
  Id,
  oneOrMany,
  OptionalEuros,
  OptionalFlag,
  OptionalId,
  OptionalInstant,
  OptionalNumber,
  translationsOf,
  WHOLE_ARRAY_BYTES,
} from '#providers/mybeezbox/dialect'
import { networkStateOf } from '#providers/mybeezbox/network-states'
import type { Implements } from '#providers/port/index'
import type {
  ProviderBox,
  ProviderNetworkVoucher,
  ProviderNetworkVoucherUsage,
} from '#providers/port/network-vouchers'

/** Section "Get box by its ID". */
const Box = detailed(
  {
    id: Id,
    is_active: OptionalFlag,
    is_highlight: OptionalFlag,
    price: OptionalEuros,
    weight: OptionalNumber,
    price_scope: OptionalNumber,
    max_usages: OptionalNumber,
    max_days_after_first_usage: OptionalNumber,
    creation_date: OptionalInstant,
  },
  raw => ({
    name: translationsOf(raw, 'name'),
    short_description: translationsOf(raw, 'short_description'),
    long_description: translationsOf(raw, 'long_description'),
  }),
)

/** Section "Get all offers related to a box" shows an object without fields. */
const Offer = detailed({ id: OptionalId }, () => ({}))

/** Section "Find a network voucher by its code". */
const NetworkVoucher = detailed(
  {
    id: Id,
    uuid: OptionalText,
    code: z.string().min(1),
    status: OptionalText,
    box: OptionalId,
    box_name: OptionalText,
    box_price: OptionalEuros,
    is_box_active: OptionalFlag,
    max_usages: OptionalNumber,
    usage_count: OptionalNumber,
    description: OptionalText,
    short_description: OptionalText,
    creation_date: OptionalInstant,
    expiration_date: OptionalInstant,
  },
  () => ({}),
)

/** Section "Get all usages related to a network voucher". */
const Usage = detailed(
  {
    id: Id,
    network_voucher: OptionalId,
    partner: OptionalId,
    partner_source_id: OptionalId,
    partner_agency_name: OptionalText,
    is_active: OptionalFlag,
    comment: OptionalText,
    management_fees: OptionalEuros,
    commission_rate: OptionalNumber,
    creation_date: OptionalInstant,
  },
  () => ({}),
)

export const mybeezboxNetworkVouchers = {
  'boxes.list': async client => {
    const request = { maxBytes: WHOLE_ARRAY_BYTES }
    return (await client.call('boxes.list', request, z.array(Box))).map(fromBox)
  },
  'boxes.get': async (client, { id }) => fromBox(await client.call('boxes.get', { params: { id } }, Box)),
  'boxes.offers': (client, { id }) => client.call('boxes.offers', { params: { id } }, z.array(Offer)),
  'networkVouchers.getByCode': async (client, { code }) =>
    fromNetworkVoucher(await client.call('networkVouchers.getByCode', { params: { code } }, NetworkVoucher)),
  'networkVouchers.listByEmail': async (client, { email }) => {
    const found = await client.call(
      'networkVouchers.listByEmail',
      { params: { email } },
      z.array(NetworkVoucher),
    )
    return found.map(fromNetworkVoucher)
  },
  'networkVouchers.usages': async (client, { code }) => {
    const found = await client.call('networkVouchers.usages', { params: { code } }, oneOrMany(Usage))
    return found.map(fromUsage)
  },
} satisfies Implements<MybeezboxClient>

function fromBox({ creation_date, ...box }: z.output<typeof Box>): ProviderBox {
  return { ...box, created_at: creation_date }
}

function fromNetworkVoucher({
  status,
  box,
  creation_date,
  expiration_date,
  ...voucher
}: z.output<typeof NetworkVoucher>): ProviderNetworkVoucher {
  return {
    ...voucher,
    state: networkStateOf(status),
    provider_state: status,
    box_id: box,
    created_at: creation_date,
    expires_at: expiration_date,
  }
}

function fromUsage({
  network_voucher,
  partner,
  creation_date,
  ...usage
}: z.output<typeof Usage>): ProviderNetworkVoucherUsage {
  return { ...usage, network_voucher_id: network_voucher, partner_id: partner, created_at: creation_date }
}
