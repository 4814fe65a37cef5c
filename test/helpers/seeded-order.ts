import { z } from 'zod'
import { insertMapping } from '#mappings/store'
import { insertOrder, type OrderRow } from '#resources/orders/store'
import type { TestGateway } from '#test/gateway'
import { idFromUuid, newUuid } from '#values/ids'

const Account = z.object({ id: z.string() })

/** The account that the environment's key belongs to. */
export async function bootstrapAccount({ services }: Pick<TestGateway, 'services'>): Promise<string> {
  const { rows } = await services.database.sql.query('SELECT id FROM accounts WHERE bootstrap IS NOT NULL')
  return Account.parse(rows[0]).id
}

/** An order that its provider knows as `providerId`, without having been made through the gateway. */
export async function seedOrder(
  gateway: Pick<TestGateway, 'services'>,
  { providerId, branchId, ...changes }: Partial<OrderRow> & { providerId?: string; branchId?: string } = {},
): Promise<`order_${string}`> {
  const { services } = gateway
  const accountId = await bootstrapAccount(gateway)
  const scope = { accountId, mode: 'test' as const }
  const provider = changes.provider ?? 'homebox'
  const connection = services.connections.of(scope).get(provider)
  if (!connection) throw new Error(`there is no connection to ${provider}`)
  const at = services.now()
  const order: OrderRow = {
    id: newUuid(),
    account_id: accountId,
    mode: 'test',
    provider,
    connection_id: connection.id,
    product: 'tenant_package',
    status: 'pending',
    provider_status: null,
    reference: null,
    property_reference: null,
    quote_id: null,
    offer_id: null,
    property_id: null,
    branch_id: branchId === undefined ? null : newUuid(),
    address: {
      line_1: '5 Media Exchange',
      line_2: null,
      city: 'Newcastle upon Tyne',
      county: null,
      postcode: 'NE1 2QB',
      address_id: null,
      uprn: null,
      umprn: null,
      udprn: null,
    },
    occupants: 4,
    bill_payers: 4,
    household_type: 'student',
    tenancy_start: '2027-09-01',
    tenancy_end: '2028-08-31',
    move_in: null,
    choices: { package_id: '1', add_ons: [], bills: [], services: [], broadband: null, coupon: null },
    price: null,
    notes: [],
    metadata: {},
    created_at: at,
    updated_at: at,
    ...changes,
  }
  const map = { connectionId: connection.id, provider, at }
  await services.database.transaction(async tx => {
    insertOrder(tx, order)
    if (providerId !== undefined)
      insertMapping(tx, scope, {
        ...map,
        resource: { prefix: 'order', uuid: order.id },
        providerResource: 'order',
        providerId,
      })
    if (branchId !== undefined && order.branch_id !== null)
      insertMapping(tx, scope, {
        ...map,
        resource: { prefix: 'branch', uuid: order.branch_id },
        providerResource: 'branch',
        providerId: branchId,
      })
  })
  return idFromUuid('order', order.id)
}
