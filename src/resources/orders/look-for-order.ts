import { isMadeSince, notBefore, weigh } from '#journal/candidates'
import type { Look, Lookup, Sight } from '#journal/lookup'
import { earlierReferences } from '#journal/reference'
import type { PartnerPackageDraft, ProviderOrder, TenantPackageDraft } from '#providers/port/orders'

type OrderLook = Look<'orders.create'>

/** Read by itself, so that its own payload is kept. */
async function foundOrder(look: OrderLook, id: string, branchId: string | null, hint: string | null = null) {
  const { value, payload } = await look.read('orders.get', { order_id: id, branch_id: branchId })
  const receipt = { order_id: id, property_id: null, tenancy_id: null, tenant_id: null }
  const answered = { ...receipt, address: value.address }
  return { seen: 'it', providerIds: [id], kind: 'order', value: answered, payload, hint } as const
}

/** Whatever carries our reference is ours; an order of an earlier attempt is another one. */
async function findByReference(
  look: OrderLook,
  reference: string,
  { tenancy, branch_id }: TenantPackageDraft,
): Promise<Sight> {
  const find = async (name: string): Promise<ProviderOrder | null> =>
    (await look.read('orders.find', { reference: name, tenancy, branch_id })).value
  const order = await find(reference)
  const late: ProviderOrder[] = []
  const named: string[] = []
  for (const name of earlierReferences(reference)) {
    const earlier = await find(name)
    if (!earlier) continue
    late.push(earlier)
    named.push(`order ${earlier.id} (${name})`)
  }
  const hint = late.length > 0 ? `An earlier attempt was carried out too: ${named.join(', ')}.` : null
  if (order) return foundOrder(look, order.id, branch_id, hint)
  return hint === null ? { seen: 'nothing' } : { seen: 'doubt', hint, likely: late.map(({ id }) => id) }
}

function isSameHousehold(one: PartnerPackageDraft, other: PartnerPackageDraft): boolean {
  return (
    one.tenancy.start_date === other.tenancy.start_date &&
    one.tenancy.end_date === other.tenancy.end_date &&
    one.address.postcode === other.address.postcode
  )
}

/** A partner package carries no reference: it is known again by house and dates. */
async function findByTraces(look: OrderLook, sent: PartnerPackageDraft): Promise<Sight> {
  const { line_1, line_2, postcode } = sent.address
  const { start_date, end_date } = sent.tenancy
  if (postcode === null)
    return { seen: 'doubt', hint: 'It was sent without a postcode, so it cannot be told from others.' }
  const { value: candidates } = await look.read('orders.scan', {
    product: sent.product,
    address: { line_1: line_1 ?? '', line_2, postcode },
    tenancy: { start_date, end_date },
    created_after: notBefore(look.entry),
  })
  const weighed = await weigh(look, {
    kind: 'order',
    candidates: candidates.map(({ order, same_address }) => ({
      id: order.id,
      sure: same_address && isMadeSince(look.entry, order.created_at),
    })),
    isRival: other => other.product === sent.product && isSameHousehold(other, sent),
  })
  return weighed.seen === 'it' ? foundOrder(look, weighed.candidate.id, sent.branch_id) : weighed
}

/** Finds an order by our reference or, where it carries none, by scan. */
export const lookForOrder: Lookup<'orders.create'> = async (look, sent) => {
  if (sent.product === 'partner_package') return findByTraces(look, sent)
  const { reference } = look.entry
  if (sent.product === 'bills_package' || reference === null)
    return { seen: 'doubt', hint: 'It carries no reference of ours, so it cannot be told from others.' }
  return findByReference(look, reference, sent)
}
