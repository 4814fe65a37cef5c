import type { FaultName } from '#simulators/core/faults'
import { magicPostcode } from '#simulators/core/magic'
import type { Api, ApiAnswer } from '#test/api'
import { type Aviary, aviary, bank, bankAccount, billingAddress, person } from '#test/canaries'
import { household } from '#test/households'

export interface Heard extends ApiAnswer {
  readonly route: string
}

type Route = Parameters<Api>[0]
type Request = Parameters<Api>[1]

/** Sends requests and remembers what was answered. */
function createListener(api: Api) {
  const heard: Heard[] = []
  const ask = async (route: Route, request?: Request): Promise<ApiAnswer> => {
    const answer = await api(route, request)
    heard.push({ route, ...answer })
    return answer
  }
  const post = (path: string, body?: unknown, key?: string) =>
    ask(`POST /v1/${path}`, {
      ...(body === undefined ? {} : { body }),
      ...(key === undefined ? {} : { headers: { 'idempotency-key': key } }),
    })
  return { heard, ask, post }
}

/** One round of requests while providers fail as told. */
interface Round extends ReturnType<typeof createListener> {
  readonly fault: FaultName | null
  readonly birds: Aviary
  /** For people at whom the fault strikes. */
  readonly told: { readonly fault?: string; readonly strike?: string }
}

const { occupants, household_type, tenancy } = household()

/** Where orders and leads go wrong as told. */
function houseAt(fault: FaultName | null) {
  const postcode = fault ? magicPostcode('order', 'every', fault) : 'SW1A 1AA'
  return {
    address: { line_1: '1 Aviary Close', city: 'London', postcode },
    occupants,
    household_type,
    tenancy,
  }
}

const tenantPackage = { provider: 'homebox', product: 'tenant_package', package_id: '1', bill_payers: 4 }
const housrPackage = { provider: 'housr', product: 'bills_package', services: ['electricity', 'gas'] }

/** Everything that can be read of an order or lead; and, by what is true or not, what became of it said and retried. */
async function lookInto({ ask, post }: Round, { body }: ApiAnswer, correction?: unknown): Promise<void> {
  const id: string = body.resource ?? body.id ?? ''
  const kind = id.startsWith('lead') ? 'leads' : 'orders'
  await post(`${kind}/${id}/resolve`, { outcome: 'did_not_happen', note: 'looked' })
  await post(`${kind}/${id}/retry`, correction)
  await ask(`GET /v1/${kind}/${id}?refresh=true&include=provider_data`)
  await ask(`GET /v1/operations?resource=${id}`)
  await ask(`GET /v1/events?resource=${id}`)
  await ask(`GET /v1/mappings?resource=${id}`)
  await ask(`GET /v1/provider-calls?limit=100&resource=${id}`)
}

async function makeLead(round: Round): Promise<void> {
  const { post, birds, fault } = round
  const { address, tenancy: dates } = houseAt(fault)
  const body = { address, tenancy: dates, tenants: [birds.contact(10), birds.contact(11)] }
  await post('leads?preview=true', body)
  const lead = await post('leads', body, `lead-${fault}`)
  await post('leads', body, `lead-${fault}`)
  await lookInto(round, lead)
}

/** An order whose payers are refused, unknown or taken, one that fails as a whole, and one of each other product. */
async function makeOrders(round: Round): Promise<void> {
  const { post, birds, fault, told } = round
  const struck = { ...houseAt(fault), ...tenantPackage, tenants: [birds.paying(12), birds.contact(13)] }
  await post('orders?preview=true', struck)
  await lookInto(round, await post('orders', struck, `order-${fault}`))
  await post('orders', struck, `order-${fault}`)

  const tenants = [birds.paying(14, told), birds.contact(15, told)]
  const order = await post('orders', { ...houseAt(null), ...tenantPackage, tenants })
  await lookInto(round, order, { steps: [{ step: 2, tenant: birds.paying(14) }] })
  const invited = await post('orders', {
    ...houseAt(null),
    ...tenantPackage,
    tenants: [birds.contact(16, told)],
  })
  await lookInto(round, invited, { skip: [2] })

  const housr = { ...houseAt(fault), ...housrPackage, tenants: [birds.born(17)] }
  await lookInto(round, await post('orders', housr, `housr-${fault}`))
  await post('orders', { ...housr, tenants: [birds.born(17, told)] })
}

async function makePartnerOrder(round: Round): Promise<void> {
  const { post, birds, fault } = round
  const quote = await post('quotes', { ...houseAt(fault), responsibility: 'partner', providers: ['homebox'] })
  const payer = { bank_account: bankAccount, billing_address: billingAddress }
  const body = { offer_id: quote.body.offers?.[0]?.id, payer, tenants: [birds.contact(18)] }
  await post('orders?preview=true', body)
  await lookInto(round, await post('orders', body), { steps: [{ step: 1, payer }] })
}

/** People who are added, changed, read and removed below an order, and the accounts that are debited. */
async function manageTenants(round: Round): Promise<void> {
  const { ask, post, birds, fault, told } = round
  const order = await post('orders', { ...houseAt(null), ...tenantPackage, tenants: [] })
  const below = `orders/${order.body.id}`
  await post(`${below}/tenants?preview=true`, birds.paying(19))
  await post(`${below}/tenants`, birds.paying(20, told), `tenant-${fault}`)
  await post(`${below}/invites`, { ...birds.contact(21, told), email: undefined })

  const rejected = { ...bankAccount, account_number: '00000001' }
  const { body: tenant } = await post(`${below}/tenants`, { ...birds.paying(22), bank_account: rejected })
  const one: Route = `PATCH /v1/${below}/tenants/${tenant.id}`
  const account_name = fault ? `V Zz-${fault}`.slice(0, 18) : bankAccount.account_name
  await ask(`PATCH /v1/${below}/tenants/${tenant.id}/mandate?preview=true`, {
    body: { bank_account: bankAccount },
  })
  await ask(`PATCH /v1/${below}/tenants/${tenant.id}/mandate`, {
    body: { bank_account: { ...bankAccount, account_name } },
  })
  await ask(`GET /v1/${below}/tenants/${tenant.id}/mandate?include=provider_data`)
  await ask(one, { body: { email: birds.contact(22, told).email, last_name: person['last name'] } })
  await ask(`GET /v1/${below}/tenants`)
  await ask(`GET /v1/${below}/invites`)
  await ask(`DELETE /v1/${below}/tenants/${tenant.id}`)
}

/** What is wrong with the request itself, in ways that tempt one to repeat it in the answer or the log. */
async function makeMistakes({ ask, post, birds }: Round): Promise<void> {
  const house = { ...houseAt(null), ...housrPackage }
  await post('orders', { ...house, tenants: [birds.paying(23)] })
  const wrong = {
    ...bankAccount,
    account_number: `${bank['account number']}5`,
    sort_code: `${bankAccount.sort_code}-5`,
  }
  await post('orders', {
    ...houseAt(null),
    ...tenantPackage,
    tenants: [{ ...birds.paying(24), email: `${person['e-mail']} at example`, bank_account: wrong }],
  })
  await post('leads', {
    ...houseAt(null),
    tenants: [{ ...birds.contact(25), phone: `${person.phone}x`, title: 'Ms' }],
  })
  const cut = JSON.stringify({ ...house, tenants: [birds.paying(26)] }).slice(0, -5)
  await ask('POST /v1/orders', { payload: cut })
  await ask('POST /v1/orders', {
    payload: JSON.stringify(birds.paying(27)),
    headers: { 'content-type': 'text/plain' },
  })
  await ask(`GET /v1/orders/${birds.contact(28).email}`)
  await ask(`GET /v1/orders?email=${birds.contact(28).email}`)
}

async function readAll({ ask }: Round): Promise<void> {
  for (const list of ['orders', 'leads', 'operations', 'events', 'mappings', 'provider-calls', 'quotes'])
    await ask(`GET /v1/${list}?limit=100`)
  await ask('GET /v1/providers')
  await ask('GET /metrics')
}

/** Everything that the API can be asked for with people and bank accounts in it, while providers fail as told. */
export async function sing(api: Api, fault: FaultName | null): Promise<readonly Heard[]> {
  const told = fault ? { fault, strike: fault } : {}
  const round: Round = { ...createListener(api), fault, told, birds: aviary(fault ?? 'well') }
  await makeLead(round)
  await makeOrders(round)
  await makePartnerOrder(round)
  await manageTenants(round)
  if (fault === null) await makeMistakes(round)
  await readAll(round)
  return round.heard
}
