import { z } from 'zod'
import type { Call, Endpoint } from '#simulators/core/endpoint'
import type { Store } from '#simulators/core/store'
import { invalid, notFound, read } from '#simulators/mybeezbox/dialect'
import { everywhere } from '#simulators/mybeezbox/fields'
import { byPath, openRows, type Row, rowAt, type Rows, reads } from '#simulators/mybeezbox/records'

const PAGE_SIZE = 10

/** Section "Get a voucher by code". */
const SAMPLE = {
  id: 72533,
  code: 'ghakvgngkq',
  origin: 'Mon site web',
  voucher_prototype: 1,
  voucher_prototype_name: 'Test univers 4',
  ...everywhere('voucher_prototype_name', 'Test univers 4'),
  ...everywhere('voucher_prototype_description', 'Prototype description'),
  ...everywhere('voucher_prototype_rent_conditions', 'Rent conditions'),
  voucher_prototype_type: 4,
  nb_nights: 2,
  nb_babies: 0,
  nb_children: 0,
  nb_adults: 2,
  options: [],
  gifter_first_name: 'John',
  gifter_last_name: 'Doe',
  gifter_fullname: 'John Doe',
  gifter_email: 'john@mybeezbox.com',
  gifter_mobile_phone: null,
  self_gifted: true,
  giftee_first_name: 'John Doe',
  giftee_last_name: 'Doe',
  giftee_email: 'john+o@mybeezbox.com',
  giftee_phone_number: '+33678735335',
  message: null,
  total_price: '215.00',
  purchase_price: '215.00',
  rent_price: '230.00',
  bought_rent_price: '230.00',
  creation_date: '2023-01-24T10:03:09.565674+01:00',
  activation_date: '2023-01-24T10:03:23.830839+01:00',
  usage_date: null,
  expiration_date: '2025-01-23T10:03:23.830839+01:00',
  gifter: 3918,
  giftee: 18277,
  state: 'paid',
  language: 'fr',
  is_group_payment: true,
  is_usable: true,
  is_extendable: true,
  is_refundable: true,
  payment_type: 'payzen',
}

/** Enough for several pages. */
const OTHERS: readonly Row[] = Array.from({ length: 24 }, (_, index) => ({
  ...SAMPLE,
  id: SAMPLE.id + 1 + index,
  code: `vchr${String(index + 1).padStart(2, '0')}`,
  giftee_first_name: 'Jane',
}))

const text = z.string().optional()
const Query = z.strictObject({
  code: text,
  voucher_prototype_name: text,
  gifter: text,
  giftee: text,
  origin_url: text,
  page: z
    .string()
    .regex(/^[1-9]\d{0,6}$/)
    .optional(),
})
const Update = z.strictObject({ state: z.enum(['draft', 'paid', 'error', 'using', 'used', 'exprd']) })

const personIn = (row: Row, who: string) =>
  `${row[`${who}_first_name`]} ${row[`${who}_last_name`]} ${row[`${who}_email`]}`

function isWanted(row: Row, query: z.output<typeof Query>): boolean {
  const found = [
    [query.code, row['code']],
    [query.voucher_prototype_name, row['voucher_prototype_name']],
    [query.gifter, personIn(row, 'gifter')],
    [query.giftee, personIn(row, 'giftee')],
    [query.origin_url, row['origin']],
  ]
  return found.every(
    ([wanted, text]) =>
      wanted === undefined || String(text).toLowerCase().includes(String(wanted).toLowerCase()),
  )
}

/** Section "Get all vouchers": "The result is paginated". */
function pageOf(rows: Rows, call: Call): object {
  const query = read(Query, call.query)
  const wanted = rows.all().filter(row => isWanted(row, query))
  const page = Number(query.page ?? 1)
  const pages = Math.max(1, Math.ceil(wanted.length / PAGE_SIZE))
  if (page > pages) throw notFound()
  return {
    count: wanted.length,
    previous: page > 1 ? page - 1 : null,
    has_previous: page > 1,
    has_next: page < pages,
    current_page: page,
    page_range: Array.from({ length: pages }, (_, index) => index + 1),
    results: wanted.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE),
  }
}

function updateVoucher(rows: Rows): Endpoint {
  return {
    operation: 'vouchers.update',
    method: 'PATCH',
    path: '/vouchers_by_code/:code/',
    effect: 'kept',
    renamed: ['id', 'uuid'],
    accept: call => {
      const row = rowAt(rows, call, 'code')
      const { state } = read(Update, call.body)
      if (row['state'] === 'exprd' && state !== 'exprd')
        throw invalid({ state: ['An expired voucher cannot be changed any more.'] })
      return {
        triggers: byPath(call),
        apply: () => {
          const changed = { ...row, state }
          rows.put(String(row['code']), changed)
          return { status: 200, body: changed }
        },
      }
    },
  }
}

export function voucherEndpoints(store: Store): Endpoint[] {
  const rows = openRows(store, 'vouchers', [SAMPLE, ...OTHERS], 'code')
  const list = reads({ operation: 'vouchers.list', path: '/vouchers/', find: call => pageOf(rows, call) })
  const get = reads({
    operation: 'vouchers.get',
    path: '/vouchers_by_code/:code/',
    find: call => rowAt(rows, call, 'code'),
  })
  return [{ ...list, takesQuery: true }, get, updateVoucher(rows)]
}
