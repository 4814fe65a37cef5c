import { z } from 'zod'
import type { Endpoint } from '#simulators/core/endpoint'
import { byEmail, byName } from '#simulators/core/magic'
import type { Store } from '#simulators/core/store'
import { read } from '#simulators/mybeezbox/dialect'
import { price, uuid } from '#simulators/mybeezbox/fields'
import { cardFields, openCards, openUsages } from '#simulators/mybeezbox/network-giftcard-rows'
import { usageEndpoints } from '#simulators/mybeezbox/network-giftcard-usages'
import { reads, type Row, rowAt, type Rows, shown } from '#simulators/mybeezbox/records'

const instant = z.string().regex(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}\+00:00$/)
const Customer = z.record(z.string(), z.unknown())

/** Section "Create a new network giftcard". */
const CardBody = z.strictObject({
  marketplace_uuid: uuid,
  status: z.enum(['draft', 'paid', 'cncld', 'using', 'test']),
  value: price,
  gifter: Customer,
  giftee: Customer.optional(),
  from_gifter: z.string().min(1),
  activation_date: instant,
  expiration_date: instant,
})

function emailOf(customer: unknown): string {
  const email = Customer.safeParse(customer).data?.['email']
  return typeof email === 'string' ? email : ''
}

function createCard(store: Store, cards: Rows): Endpoint {
  return {
    operation: 'networkGiftcards.create',
    method: 'POST',
    path: '/networkgiftcards/',
    effect: 'kept',
    renamed: ['id', 'uuid'],
    accept: call => {
      const body = read(CardBody, call.body)
      return {
        triggers: [byEmail(emailOf(body.gifter)), byName(body.from_gifter)],
        apply: () => {
          const id = store.nextId()
          const card = { ...body, id, code: `NGC${id}`, remaining_value: body.value, ...cardFields(id) }
          cards.put(card.code, card)
          return { status: 201, body: made(card) }
        },
      }
    },
  }
}

const BOTH = ['id', 'code', 'status', 'value', 'remaining_value', 'creation_date', 'expiration_date']
const MADE = [
  ...BOTH,
  'activation_date',
  'is_active',
  'is_splittable',
  'gifter',
  'giftee',
  'from_gifter',
  'marketplace_uuid',
]
const FOUND = [
  ...BOTH,
  'uuid',
  'order_uuid',
  'order_creation_date',
  'description',
  'short_description',
  'theme',
]

/** The creation answers other fields than the reading does. */
const made = (card: Row) => shown(card, MADE)
const found = (card: Row) => shown(card, FOUND)

export function networkGiftcardEndpoints(store: Store): Endpoint[] {
  const cards = openCards(store)
  const byAddress = reads({
    operation: 'networkGiftcards.listByEmail',
    path: '/networkgiftcards_by_email/:email/',
    find: ({ params }) =>
      cards
        .all()
        .filter(({ gifter, giftee }) => [gifter, giftee].some(who => emailOf(who) === params['email']))
        .map(found),
  })
  return [
    createCard(store, cards),
    reads({
      operation: 'networkGiftcards.getByCode',
      path: '/networkgiftcards_by_code/:code/',
      find: call => found(rowAt(cards, call, 'code')),
    }),
    {
      ...byAddress,
      accept: call => ({ ...byAddress.accept(call), triggers: [byEmail(call.params['email'] ?? '')] }),
    },
    ...usageEndpoints(store, { cards, usages: openUsages(store) }),
  ]
}
