import { z } from 'zod'
import { type VoucherState, voucherStates } from '#contract/vouchers'
import { OptionalText, orNull } from '#providers/answer-schemas'
import type { MybeezboxClient } from '#providers/mybeezbox/client'
import {
  detailed,
  Id,
  OptionalEuros,
  OptionalFlag,
  OptionalId,
  OptionalInstant,
  OptionalNumber,
  translationsOf,
} from '#providers/mybeezbox/dialect'
import type { Implements } from '#providers/port/index'
import type { ProviderVoucher } from '#providers/port/vouchers'

/** Section "Get a voucher by code". */
const Voucher = detailed(
  {
    id: Id,
    code: z.string().min(1),
    state: OptionalText,
    voucher_prototype: OptionalId,
    nb_nights: OptionalNumber,
    nb_adults: OptionalNumber,
    nb_children: OptionalNumber,
    nb_babies: OptionalNumber,
    total_price: OptionalEuros,
    purchase_price: OptionalEuros,
    rent_price: OptionalEuros,
    bought_rent_price: OptionalEuros,
    gifter: OptionalId,
    gifter_first_name: OptionalText,
    gifter_last_name: OptionalText,
    gifter_email: OptionalText,
    gifter_mobile_phone: OptionalText,
    giftee: OptionalId,
    giftee_first_name: OptionalText,
    giftee_last_name: OptionalText,
    giftee_email: OptionalText,
    giftee_phone_number: OptionalText,
    self_gifted: OptionalFlag,
    message: OptionalText,
    language: OptionalText,
    payment_type: OptionalText,
    is_group_payment: OptionalFlag,
    is_usable: OptionalFlag,
    is_extendable: OptionalFlag,
    is_refundable: OptionalFlag,
    creation_date: OptionalInstant,
    activation_date: OptionalInstant,
    usage_date: OptionalInstant,
    expiration_date: OptionalInstant,
  },
  raw => ({
    voucher_prototype_name: translationsOf(raw, 'voucher_prototype_name'),
    voucher_prototype_description: translationsOf(raw, 'voucher_prototype_description'),
    voucher_prototype_rent_conditions: translationsOf(raw, 'voucher_prototype_rent_conditions'),
  }),
)
type Voucher = z.output<typeof Voucher>

const VoucherPage = z.object({
  count: orNull(z.int().min(0)),
  has_next: OptionalFlag,
  results: z.array(Voucher),
})

/** No answer is shown: an empty one, the voucher, or a word about it. */
const Updated = z
  .looseObject({})
  .refine(answer => ['id', 'code', 'state', 'status', 'detail', 'message'].some(name => name in answer))
  .optional()

const THEIRS: Readonly<Record<VoucherState, string>> = {
  draft: 'draft',
  paid: 'paid',
  error: 'error',
  in_use: 'using',
  used: 'used',
  expired: 'exprd',
}
const OURS: ReadonlyMap<string, VoucherState> = new Map(voucherStates.map(state => [THEIRS[state], state]))

export const mybeezboxVouchers = {
  'vouchers.list': async (client, { page, filters }) => {
    const request = { query: { ...filters, page: String(page) } }
    const { results, count, has_next } = await client.call('vouchers.list', request, VoucherPage)
    return { items: results.map(fromVoucher), pages: has_next === false ? page : null, total: count }
  },
  'vouchers.get': async (client, { code }) =>
    fromVoucher(await client.call('vouchers.get', { params: { code } }, Voucher)),
  'vouchers.update': async (client, { code, changes }) => {
    const body = { kind: 'json', value: { state: THEIRS[changes.state] } } as const
    await client.call('vouchers.update', { params: { code }, body }, Updated)
  },
} satisfies Implements<MybeezboxClient>

function peopleOf(voucher: Voucher): Pick<ProviderVoucher, 'gifter' | 'giftee'> {
  return {
    gifter: {
      id: voucher.gifter,
      first_name: voucher.gifter_first_name,
      last_name: voucher.gifter_last_name,
      email: voucher.gifter_email,
      phone: voucher.gifter_mobile_phone,
    },
    giftee: {
      id: voucher.giftee,
      first_name: voucher.giftee_first_name,
      last_name: voucher.giftee_last_name,
      email: voucher.giftee_email,
      phone: voucher.giftee_phone_number,
    },
  }
}

function fromVoucher(voucher: Voucher): ProviderVoucher {
  const { id, code, state, self_gifted, message, language, payment_type, details } = voucher
  const { is_group_payment, is_usable, is_extendable, is_refundable } = voucher
  const { total_price, purchase_price, rent_price, bought_rent_price } = voucher
  return {
    id,
    code,
    state: OURS.get(state ?? '') ?? 'other',
    provider_state: state,
    prototype_id: voucher.voucher_prototype,
    prototype_name: voucher.voucher_prototype_name,
    prototype_description: voucher.voucher_prototype_description,
    prototype_rent_conditions: voucher.voucher_prototype_rent_conditions,
    nights: voucher.nb_nights,
    adults: voucher.nb_adults,
    children: voucher.nb_children,
    babies: voucher.nb_babies,
    ...{ total_price, purchase_price, rent_price, bought_rent_price },
    ...peopleOf(voucher),
    ...{ self_gifted, message, language, payment_type },
    ...{ is_group_payment, is_usable, is_extendable, is_refundable },
    created_at: voucher.creation_date,
    activated_at: voucher.activation_date,
    used_at: voucher.usage_date,
    expires_at: voucher.expiration_date,
    details,
  }
}
