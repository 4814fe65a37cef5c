import { POSTCODE, nextTenancy } from '#cli/demo/household'
import { demand, type Stage } from '#cli/demo/stage'
import type { Cell } from '#cli/terminal'
import { FoundAddress } from '#contract/addresses'
import { listOf, type Money } from '#contract/vocabulary'
import { type Offer, Quote } from '#contract/quotes'
import { decimalFromMoney } from '#values/money'

const Addresses = listOf(FoundAddress, 'Addresses that match.')
const SYMBOLS = { GBP: '£', EUR: '€' } as const

/** Finds the addresses of a postcode and takes the first. */
export async function findAddress({ api, say, table }: Stage): Promise<FoundAddress> {
  const { body } = await api.call(`GET /v1/addresses?query=${encodeURIComponent(POSTCODE)}`, Addresses)
  const [first] = body.data
  demand(first !== undefined, `no address was found for ${POSTCODE}`)
  table(
    [{ title: 'address' }, { title: 'known at' }, { title: 'address_id' }],
    body.data.map(({ label, provider, address_id }) => [label, provider, address_id]),
  )
  say(`They take ${first.label}.`)
  return first
}

export function shown(money: Money): string {
  return `${SYMBOLS[money.currency]}${decimalFromMoney(money)}`
}

function wordsOf(services: readonly { readonly type: string }[]): string {
  return services.map(({ type }) => type.replaceAll('_', ' ')).join(', ') || '-'
}

function rowOf({ provider, name, price, services, missing_services }: Offer, cheapest: boolean): Cell[] {
  const included = services.filter(service => service.included)
  const { per_month, per_person_per_month, per_person_per_week } = price
  const prices = [per_month, per_person_per_month, per_person_per_week].map(shown)
  const texts = [
    provider,
    name,
    ...prices,
    wordsOf(included),
    wordsOf(missing_services),
    cheapest ? 'cheapest' : '',
  ]
  return texts.map(text => (cheapest ? { text, style: 'green' } : { text }))
}

function tabulate({ table, say }: Stage, quote: Quote): void {
  const columns = [
    { title: 'provider' },
    { title: 'offer' },
    { title: 'per month', right: true },
    { title: 'per person/month', right: true },
    { title: 'per person/week', right: true },
    { title: 'included' },
    { title: 'not included' },
    { title: '' },
  ]
  table(
    columns,
    quote.offers.map(offer => rowOf(offer, offer.id === quote.cheapest_offer_id)),
  )
  for (const { provider, notes } of quote.providers) for (const text of notes) say(`${provider}: ${text}`)
}

/** Asks every provider that can quote, and puts their offers side by side. */
export async function priceHousehold(stage: Stage, { address_id }: FoundAddress): Promise<Quote> {
  const household = {
    address: { address_id },
    occupants: 3,
    household_type: 'student',
    tenancy: nextTenancy(new Date()),
  }
  const { status, body } = await stage.api.call('POST /v1/quotes', Quote, { body: household })
  tabulate(stage, body)
  demand(status === 201 && body.status === 'complete', `the quote is ${body.status}, not complete`)
  const providers = new Set(body.offers.map(({ provider }) => provider))
  demand(providers.size >= 2, 'fewer than two providers made an offer')
  demand(
    body.offers.some(({ id }) => id === body.cheapest_offer_id),
    'no offer is the cheapest',
  )
  return body
}
