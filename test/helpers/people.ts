import { sealedColumns } from '#jobs/reseal'
import type { Api } from '#test/api'
import type { TestGateway } from '#test/gateway'
import { leadRequest } from '#test/lead-requests'
import { type PlacedOrder, placeOrder } from '#test/order-people'
import { invitee, payer } from '#test/orders'

/** Somebody whose every value is found nowhere else. */
export const zuleika = {
  first_name: 'Zuleika',
  last_name: 'Featherstonehaugh',
  email: 'Zuleika.Q@Example.com',
  phone: '+447911123456',
}
export const zuleikaPayer = payer({
  ...zuleika,
  date_of_birth: '1987-06-05',
  bank_account: { account_name: 'Z Featherstone', account_number: '90817263', sort_code: '20-45-81' },
  billing_address: { line_1: '7 Nightingale Aviary', city: 'London', postcode: 'NW1 1AA' },
})
export const zuleikasValues =
  /zuleika|featherstone|7911123456|7911 123456|1987-06-05|05\/06\/1987|nightingale|90817263|204581/i

/** Who lives with her. */
export const barnaby = {
  first_name: 'Barnaby',
  last_name: 'Okonkwo',
  email: 'barnaby.o@example.com',
  phone: '+447911654321',
}

export interface Household {
  readonly lead: string
  readonly order: PlacedOrder
  /** To which both were invited. */
  readonly invited: PlacedOrder
}

const metadata = { note: `of ${zuleika.email}`, room: '4' }
export const leadKey = 'lead-1'

/** The lead of the two. */
export const sendLead = (api: Api, key: string) =>
  api('POST /v1/leads', {
    body: leadRequest({ tenants: [zuleika, barnaby], metadata }),
    headers: { 'idempotency-key': key },
  })

/** A lead and two orders of the two: one that both pay for, one to which both are invited. */
export async function moveIn(gateway: Pick<TestGateway, 'api'>): Promise<Household> {
  const { api } = gateway
  const lead = await sendLead(api, leadKey)
  const order = await placeOrder(gateway, { tenants: [zuleikaPayer, payer(barnaby)], metadata })
  const invited = await placeOrder(gateway, { tenants: [invitee(zuleika), invitee(barnaby)] })
  for (const { path } of [order, invited]) {
    await api(`GET ${path}/tenants`)
    await api(`GET ${path}/invites`)
    await api(`GET ${path}?refresh=true`)
    const { body } = await api(`GET ${path}`)
    for (const { id } of body.tenants) await api(`GET ${path}/tenants/${id}?refresh=true`)
  }
  await api(`GET /v1/leads/${lead.body.id}?refresh=true`)
  return { lead: lead.body.id, order, invited }
}

export const erase = (api: Api, email = zuleika.email) => api('POST /v1/people/erase', { body: { email } })

/** Everything sealed in the database, opened, as one text. */
export async function openedTexts({ services }: Pick<TestGateway, 'services'>): Promise<string> {
  const { database, vault } = services
  const texts: string[] = []
  for (const { table, column, from = [], contextOf } of sealedColumns) {
    const { rows } = await database.sql.query<Record<string, unknown>>(
      `SELECT * FROM ${table} WHERE ${column} IS NOT NULL`,
    )
    for (const row of rows) {
      const named = Object.fromEntries(['id', ...from].map(name => [name, String(row[name])]))
      const sealed = row[column]
      if (sealed instanceof Uint8Array) texts.push(vault.open(sealed, contextOf(named)).toString('utf8'))
    }
  }
  return texts.join('\n')
}
