import type { Store } from '#simulators/core/store'
import { openRows, type Rows } from '#simulators/mybeezbox/records'

/** What the provider adds to a card. */
export function cardFields(id: number) {
  return {
    uuid: `123e4567-e89b-12d3-a456-${String(id).padStart(12, '0')}`,
    creation_date: '2022-06-16 12:00:0.000000+00:00',
    is_active: true,
    is_splittable: true,
    description: 'Our giftcards are available in all our establishments',
    short_description:
      'Our network gift cards allow the recipient to choose the service of their dreams in one of our many establishments.',
    theme: 'Discovery',
  }
}

/** Section "Find a network giftcard by its code". */
const CARD = {
  id: 1,
  code: 'NGCasdf123',
  status: 'paid',
  value: 100,
  remaining_value: 60,
  ...cardFields(1),
  uuid: '123e4567-e89b-12d3-a456-426614174000',
  order_uuid: '0d18sb76-3863-4bca-924e-aj3261907960',
  order_creation_date: '2023-06-16 12:00:0.000000+00:00',
  activation_date: '2022-06-16 12:00:0.000000+00:00',
  expiration_date: '2023-06-16 12:00:0.000000+00:00',
  gifter: { email: 'jane.smith@example.com' },
  from_gifter: 'Happy birthday!',
  marketplace_uuid: 'baf5a0f2-4b5b-422d-9a1b-2fc636e89b45',
}

/** Section "Network giftcard usages". */
const USAGE = {
  id: 1,
  network_giftcard: 1,
  partner: 2,
  value: 20,
  is_active: true,
  comment: 'This usage was created via API',
  reservation_id: '123-ABC',
  partner_source_id: 222,
  freeze_payout_date: '2022-06-16T12:00',
}

/** A use that a payout contains, so that it stays. */
export const PAID_OUT = 2

export function openCards(store: Store): Rows {
  return openRows(store, 'network-giftcards', [CARD], 'code')
}

export function openUsages(store: Store): Rows {
  return openRows(store, 'network-giftcard-usages', [
    USAGE,
    { ...USAGE, id: PAID_OUT, reservation_id: '122-ABC' },
  ])
}
