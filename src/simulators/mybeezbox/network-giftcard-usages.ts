import { z } from 'zod'
import type { Accepted, Call, Endpoint } from '#simulators/core/endpoint'
import { byEmail, byName } from '#simulators/core/magic'
import type { Store } from '#simulators/core/store'
import { invalid, read } from '#simulators/mybeezbox/dialect'
import { PAID_OUT } from '#simulators/mybeezbox/network-giftcard-rows'
import { byPath, reads, type Row, rowAt, type Rows } from '#simulators/mybeezbox/records'

const noon = z.string().regex(/^\d{4}-\d\d-\d\dT12:00$/)
const plain = {
  creation_date: noon,
  value: z.number().positive(),
  comment: z.string().optional(),
  reservation_id: z.string().min(1).max(100).optional(),
  freeze_payout_date: noon.optional(),
  send_usage_notification_email: z.boolean().optional(),
  giftee_email: z.email().optional(),
}
/** Sections "Use a network giftcard by code", of which there are two. */
const BySource = z.strictObject({ ...plain, partner_source_id: z.int() })
const ById = z.strictObject({ ...plain, partner_id: z.int() })
type Usage = Omit<z.output<typeof BySource>, 'partner_source_id'>

const Cancelling = z.strictObject({ comment: z.string().optional() })
const Balance = z.looseObject({ value: z.number(), remaining_value: z.number() })

/** The two partners that the document tells of. */
const PARTNERS = [
  { id: 1, source_id: 111 },
  { id: 2, source_id: 222 },
]

interface Known {
  readonly cards: Rows
  readonly usages: Rows
}

/** The card with so much more on it, or less. */
function withMore(card: Row, value: number): Row {
  const { value: whole, remaining_value } = Balance.parse(card)
  const left = Math.round((remaining_value + value) * 100) / 100
  return { ...card, remaining_value: left, status: left === 0 ? 'used' : left < whole ? 'using' : 'paid' }
}

function useCard(
  store: Store,
  { cards, usages }: Known,
  call: Call,
  { usage, partner }: { usage: Usage; partner: (typeof PARTNERS)[number] },
): Accepted {
  const card = rowAt(cards, call, 'code')
  if (usage.value > Balance.parse(card).remaining_value)
    throw invalid({ value: ['This is more than the remaining value.'] })
  const { comment = null, reservation_id = null, freeze_payout_date = null, value } = usage
  return {
    triggers: [...byPath(call), byName(comment ?? ''), byEmail(usage.giftee_email ?? '')],
    apply: () => {
      const id = store.nextId()
      const told = { comment, reservation_id, partner_source_id: partner.source_id, freeze_payout_date }
      const row = { id, network_giftcard: card['id'], partner: partner.id, value, is_active: true, ...told }
      usages.put(id, row)
      cards.put(String(card['code']), withMore(card, -value))
      return { status: 201, body: row }
    },
  }
}

const uses = { method: 'POST', effect: 'kept', renamed: ['id', 'uuid'] } as const

function useEndpoints(store: Store, known: Known): Endpoint[] {
  return [
    {
      ...uses,
      operation: 'networkGiftcards.use',
      path: '/networkgiftcards_by_code/:code/use/',
      accept: call => {
        const { partner_source_id, ...usage } = read(BySource, call.body)
        const partner = PARTNERS.find(({ source_id }) => source_id === partner_source_id)
        if (!partner) throw invalid({ partner_source_id: ['There is no partner with this source ID.'] })
        return useCard(store, known, call, { usage, partner })
      },
    },
    {
      ...uses,
      operation: 'networkGiftcards.useWithPartnerId',
      path: '/networkgiftcards_by_code/:code/use_with_mybb_id/',
      accept: call => {
        const { partner_id, ...usage } = read(ById, call.body)
        const partner = PARTNERS.find(({ id }) => id === partner_id)
        if (!partner) throw invalid({ partner_id: ['There is no partner with this ID.'] })
        return useCard(store, known, call, { usage, partner })
      },
    },
  ]
}

/** "If the network giftcard usage is already linked to a payout, this won't be executed." */
function cancelEndpoint({ cards, usages }: Known): Endpoint {
  return {
    ...uses,
    operation: 'networkGiftcards.cancelUsage',
    path: '/networkgiftcardusages/:id/cancel/',
    accept: call => {
      const usage = rowAt(usages, call)
      const { comment = usage['comment'] } = read(Cancelling, call.body)
      if (usage['id'] === PAID_OUT) throw invalid({ non_field_errors: ['This is linked to a payout.'] })
      if (usage['is_active'] !== true) throw invalid({ non_field_errors: ['This is cancelled already.'] })
      return {
        triggers: [...byPath(call), byName(String(comment))],
        apply: () => {
          const cancelled = { ...usage, comment, is_active: false }
          usages.put(String(usage['id']), cancelled)
          const card = cards.all().find(({ id }) => id === usage['network_giftcard'])
          if (card) cards.put(String(card['code']), withMore(card, Number(usage['value'])))
          return { status: 200, body: cancelled }
        },
      }
    },
  }
}

export function usageEndpoints(store: Store, known: Known): Endpoint[] {
  const list = reads({
    operation: 'networkGiftcards.usages',
    path: '/networkgiftcards_by_code/:code/usages/',
    find: call => {
      const { id } = rowAt(known.cards, call, 'code')
      return known.usages.all().filter(usage => usage['network_giftcard'] === id)
    },
  })
  return [list, ...useEndpoints(store, known), cancelEndpoint(known)]
}
