import { describe, expect, it } from 'vitest'
import { homebox } from '#providers/homebox/index'
import type { Household } from '#providers/port/quotes'
import { fixture } from '#test/fixture'
import { household, mediaExchange } from '#test/port-household'
import { recordingUpstream } from '#test/recording-upstream'
import { pounds } from '#values/money'

const three = { responsibility: 'partner', occupants: 3, bill_payers: 3 } as const

async function quote(answer: unknown, different: Partial<Household> = {}) {
  const upstream = recordingUpstream(answer)
  const client = homebox.connect({ token: 'sandbox-token' }, upstream)
  const result = await homebox.operations['quotes.create'](client, household({ ...three, ...different }))
  return { ...result, offer: result.offers[0], upstream }
}

const bill = (name: string, total: string | null, different: object = {}) => ({
  id: `bill-${name}`,
  name,
  prices: total === null ? [] : [{ housemates: 3, price_total: total }],
  ...different,
})
const answer = (...data: object[]) => ({
  data,
  service_charge: '22.00',
  service_charge_per_housemate: '7.33',
})
const chosen = (offer: { services: { description: string | null }[] } | undefined) =>
  offer?.services.map(service => service.description)

describe('the request for a partner quote', () => {
  it('names the house by its address id alone when Homebox issued one', async () => {
    const address = { ...mediaExchange, address_id: 'VglSD9KF3EKcNz_RRXPVV' }
    const { upstream } = await quote(answer(), { address })
    expect(upstream.requests).toEqual([
      {
        method: 'GET',
        path: '/api/partner/quote',
        query: { housemates: '3', address_id: 'VglSD9KF3EKcNz_RRXPVV' },
        headers: { accept: 'application/json', authorization: 'Bearer sandbox-token' },
      },
    ])
  })

  it('spells the house out otherwise, and says that students live there', async () => {
    const { upstream } = await quote(answer(), { household_type: 'student' })
    expect(upstream.requests[0]?.query).toEqual({
      housemates: '3',
      line1: '5 Media Exchange',
      line2: 'Coquet Street',
      city: 'Newcastle upon Tyne',
      county: 'Tyne and Wear',
      postcode: 'NE12QB',
      is_student: 'true',
    })
  })

  it('leaves out the lines that are not known', async () => {
    const { upstream } = await quote(answer(), { address: { ...mediaExchange, line_2: null, county: null } })
    expect(Object.keys(upstream.requests[0]?.query ?? {})).toEqual([
      'housemates',
      'line1',
      'city',
      'postcode',
    ])
  })

  it('is not sent while line 1 or city is missing', async () => {
    const address = { ...mediaExchange, line_1: null, city: null }
    await expect(quote(answer(), { address })).rejects.toMatchObject({
      facts: {
        code: 'validation_failed',
        outcome: 'not_sent',
        fields: [{ pointer: '/address/line_1' }, { pointer: '/address/city' }],
      },
    })
  })
})

describe('the documented partner quote', () => {
  it('becomes one offer from the stated totals, not from 7.33 three times', async () => {
    const { offers, notes } = await quote(fixture('homebox', 'quotes.create.partner'))
    expect(notes).toEqual([])
    expect(offers).toEqual([
      {
        product: 'partner_package',
        package_id: null,
        name: 'Partner package',
        description: null,
        services: [
          {
            id: '1',
            type: 'energy',
            name: 'Renewable Energy',
            description: 'Standard Plan',
            supplier: '...',
            included: true,
            price: {
              per_month: pounds(10500),
              per_person_per_month: pounds(3500),
              per_person_per_week: pounds(808),
              per_bill_payer_per_month: pounds(3500),
              derived: ['per_person_per_week'],
            },
          },
          {
            id: null,
            type: 'service_charge',
            name: 'Service charge',
            description: null,
            supplier: null,
            included: true,
            price: {
              per_month: pounds(2200),
              per_person_per_month: pounds(733),
              per_person_per_week: pounds(169),
              per_bill_payer_per_month: pounds(733),
              derived: ['per_person_per_week'],
            },
          },
        ],
        add_ons: [],
        price: {
          per_month: pounds(12700),
          per_person_per_month: pounds(4233),
          per_person_per_week: pounds(977),
          per_bill_payer_per_month: pounds(4233),
          derived: ['per_person_per_month', 'per_person_per_week', 'per_bill_payer_per_month'],
        },
        unlimited: null,
        representative: false,
        missing_reasons: {},
        provider_quote_id: null,
      },
    ])
  })
})

describe('the price of one bill of a partner quote', () => {
  const rows = [{ housemates: 3, price_total: '100.00', price_per_housemate: '33.34' }]
  const water = { name: 'Water', bills: [bill('Metered', null, { prices: rows })] }

  it('keeps the stated share, rounded as the provider rounds it, where everybody pays', async () => {
    const { offer } = await quote(answer(water))
    expect(offer?.services[0]?.price).toEqual({
      per_month: pounds(10000),
      per_person_per_month: pounds(3334),
      per_person_per_week: pounds(769),
      per_bill_payer_per_month: pounds(3334),
      derived: ['per_person_per_week'],
    })
  })

  it('shares the household figure among fewer payers', async () => {
    const { offer } = await quote(answer(water), { bill_payers: 2 })
    expect(offer?.services[0]?.price).toMatchObject({
      per_bill_payer_per_month: pounds(5000),
      derived: ['per_person_per_week', 'per_bill_payer_per_month'],
    })
  })
})

describe('what a partner package holds', () => {
  const energy = {
    name: 'Renewable Energy',
    is_essential: true,
    bills: [bill('Dear Plan', '120.00'), bill('Standard Plan', '105.00')],
  }

  it("is each utility's cheapest bill; the others are add-ons", async () => {
    const { offer } = await quote(answer(energy))
    expect(chosen(offer)).toEqual(['Standard Plan', null])
    expect(offer?.add_ons.map(addOn => addOn.description)).toEqual(['Dear Plan'])
    expect(offer?.price.per_month).toEqual(pounds(12700))
  })

  it('is what was asked for, what is essential and what is required', async () => {
    const internet = { name: 'Internet', bills: [bill('Fibre 65', '30.00'), bill('Fibre 35', '24.00')] }
    const tv = { name: 'TV', bills: [bill('Sky', '33.00')] }
    const tax = { name: 'Council Tax', bills: [bill('Band A', '99.00', { is_required: true })] }
    const { offer } = await quote(answer(energy, internet, tv, tax), { services: ['broadband'] })
    expect(offer?.services.map(service => service.type)).toEqual([
      'energy',
      'broadband',
      'council_tax',
      'service_charge',
    ])
    expect(offer?.price.per_month).toEqual(pounds(10500 + 2400 + 9900 + 2200))
    expect(offer?.add_ons.map(addOn => addOn.description)).toEqual(['Dear Plan', 'Fibre 65', 'Sky'])
  })

  it('is the required bill even where another is cheaper', async () => {
    const bills = [bill('Cheap', '10.00'), bill('Needed', '12.00', { is_required: true })]
    const { offer } = await quote(answer({ name: 'Water', bills }))
    expect(chosen(offer)).toEqual(['Needed', null])
  })

  it('is never a hidden utility', async () => {
    const hidden = { ...energy, name: 'Water', is_hidden: true }
    const { offer } = await quote(answer(energy, hidden))
    expect([...(offer?.services ?? []), ...(offer?.add_ons ?? [])].map(({ name }) => name)).toEqual([
      'Renewable Energy',
      'Service charge',
      'Renewable Energy',
    ])
  })
})

describe('a partner quote without an honest total', () => {
  const water = { name: 'Water', bills: [bill('Metered', '40.00')] }

  it.each([
    ['an essential utility', { name: 'Gas', is_essential: true, bills: [bill('Plan', null)] }],
    ['a required bill', { name: 'Gas', bills: [bill('Plan', null, { is_required: true })] }],
  ])('has no offer when %s has no price for this size', async (_, gas) => {
    const { offers, notes } = await quote(answer(water, gas))
    expect({ offers, notes }).toEqual({
      offers: [],
      notes: ['Homebox states no price for 3 housemates for Gas.'],
    })
  })

  it('says why a service that was asked for is not in it', async () => {
    const { offer } = await quote(answer(water, { name: 'Gas', bills: [bill('Plan', null)] }))
    expect(offer?.missing_reasons).toEqual({ gas: 'Homebox states no price for 3 housemates.' })
  })

  it('has no offer when nothing is wanted and nothing essential', async () => {
    const { offers, notes } = await quote(answer(water), { services: ['tv'], coupon: 'WELCOME10' })
    expect(offers).toEqual([])
    expect(notes).toEqual([
      'Homebox offers none of these services here.',
      'Homebox takes no coupon for partner packages.',
    ])
  })

  it.each([
    { data: [{ is_essential: true, bills: [] }], service_charge: '22.00' },
    { data: [], service_charge: 'free' },
    { data: [] },
    {},
  ])('is off contract when a part of the total cannot be read: %j', async body => {
    await expect(quote(body)).rejects.toMatchObject({ facts: { code: 'provider_error' } })
  })
})
