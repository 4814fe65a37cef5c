import type { Endpoint } from '#simulators/core/endpoint'
import { byEmail } from '#simulators/core/magic'
import type { Store } from '#simulators/core/store'
import { everywhere } from '#simulators/mybeezbox/fields'
import { openRows, readEndpoints, reads, rowAt } from '#simulators/mybeezbox/records'

/** Section "Get box by its ID". */
const BOX = {
  id: 1,
  name_en: 'Three lovely days in Spain',
  name_fr: 'Trois belles journées en Espagne',
  name_es: 'Tres días maravillosos en España',
  name_it: 'Tre bellissimi giorni in Spagna',
  name_de: 'Drei schöne Tage in Spanien',
  name_nl: 'Drie heerlijke dagen in Spanje',
  name_ca: 'Tres dies preciosos a Espanya',
  name_pt: 'Três dias agradáveis em Espanha',
  ...everywhere('short_description', 'Three lovely days in Spain, to understand their culture'),
  ...everywhere('long_description', 'Three lovely days in Spain, to understand their culture (...)'),
  creation_date: '2022-06-16 12:00:0.000000+00:00',
  is_active: true,
  is_highlight: false,
  price: 100,
  weight: 50,
  price_scope: 4,
  max_usages: 2,
  max_days_after_first_usage: 2,
  nb_mpo_orders: 2,
  marketplace: 1,
  price_range: {},
  images: [],
  allowed_partners: [],
  products: [],
}

/** Section "Find a network voucher by its code". */
const VOUCHER = {
  id: 1,
  uuid: '123e4567-e89b-12d3-a456-426614174000',
  code: 'NVb77qadh',
  status: 'paid',
  creation_date: '2022-06-16 12:00:0.000000+00:00',
  expiration_date: '2024-06-16 12:00:0.000000+00:00',
  max_usages: 2,
  usage_count: 1,
  box: 1,
  box_name: 'Discovery Box',
  box_price: 100,
  is_box_active: true,
  description: 'Enjoy a dinner for two by the sea. Includes: a 3 courses menu and a bottle of wine.',
  short_description: 'Enjoy a dinner for two by the sea.',
  universes: [],
  tags: [],
  images: [],
}

/** Section "Get all usages related to a network voucher": one object where its words speak of all. */
const USAGE = {
  id: 1,
  creation_date: '2022-06-16 12:00:0.000000+00:00',
  network_voucher: 1,
  partner: 1,
  partner_agency_name: 'Test partner name',
  partner_source_id: 111,
  is_active: true,
  comment: 'This usage was created via API',
  management_fees: 5,
  commission_rate: 10,
}

/** Whose the vouchers are that are there from the start. */
const OWNER = 'jane.smith@example.com'

export function networkVoucherEndpoints(store: Store): Endpoint[] {
  const boxes = openRows(store, 'boxes', [BOX])
  const vouchers = openRows(store, 'network-vouchers', [VOUCHER], 'code')
  const byAddress = reads({
    operation: 'networkVouchers.listByEmail',
    path: '/networkvouchers_by_email/:email/',
    find: ({ params }) => (params['email'] === OWNER ? vouchers.all() : []),
  })
  return [
    ...readEndpoints({ noun: 'boxes', path: '/networkvoucherboxes/', rows: boxes }),
    reads({
      operation: 'boxes.offers',
      path: '/networkvoucherboxes/:id/offers/',
      find: call => [{ id: 1, box: rowAt(boxes, call)['id'] }],
    }),
    reads({
      operation: 'networkVouchers.getByCode',
      path: '/networkvouchers_by_code/:code/',
      find: call => rowAt(vouchers, call, 'code'),
    }),
    {
      ...byAddress,
      accept: call => ({ ...byAddress.accept(call), triggers: [byEmail(call.params['email'] ?? '')] }),
    },
    reads({
      operation: 'networkVouchers.usages',
      path: '/networkvouchers_by_code/:code/usages/',
      find: call => {
        rowAt(vouchers, call, 'code')
        return USAGE
      },
    }),
  ]
}
