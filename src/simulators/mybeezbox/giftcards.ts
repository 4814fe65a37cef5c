import type { Endpoint } from '#simulators/core/endpoint'
import type { Store } from '#simulators/core/store'
import { notFound } from '#simulators/mybeezbox/dialect'
import { openRows, readEndpoints, reads } from '#simulators/mybeezbox/records'

/** Section "Find a giftcard by its id". */
const SAMPLE = {
  id: 1,
  code: 'NGCasdf123',
  status: 'paid',
  created_on: '2022-06-16 12:00:0.000000+00:00',
  expires_on: '2023-06-16 12:00:0.000000+00:00',
  value: '100.000',
  remaining_value: '100.000',
  gifter_first_name: 'John',
  gifter_last_name: 'Doe',
}
const OTHERS = [
  { ...SAMPLE, id: 2, code: 'NGCqwer456', value: '50.500', remaining_value: '12.250' },
  { ...SAMPLE, id: 3, code: 'NGCzxcv789', gifter_first_name: 'Jane' },
]

export function giftcardEndpoints(store: Store): Endpoint[] {
  const rows = openRows(store, 'giftcards', [SAMPLE, ...OTHERS])
  return [
    ...readEndpoints({ noun: 'giftcards', path: '/giftcards/', rows }),
    reads({
      operation: 'giftcards.getByCode',
      path: '/giftcards_by_code/:code/',
      find: ({ params }) => {
        const code = params['code'] ?? ''
        const row = rows.all().find(card => card['code'] === code || /^zz-/i.test(code))
        if (!row) throw notFound()
        return row
      },
    }),
  ]
}
