import { describe, expect, it } from 'vitest'
import { homebox } from '#providers/homebox/index'
import type { Household } from '#providers/port/quotes'
import { pounds } from '#values/money'
import { fixture } from '#test/fixture'
import { household, mediaExchange } from '#test/port-household'
import { recordingUpstream } from '#test/recording-upstream'

async function quote(answer: unknown, different: Partial<Household> = {}) {
  const upstream = recordingUpstream(answer)
  const client = homebox.connect({ token: 'sandbox-token' }, upstream)
  const result = await homebox.operations['quotes.create'](client, household(different))
  return { ...result, upstream }
}

const prices = (...rows: [housemates: number, perHousemate: string | null][]) =>
  rows.map(([housemates, price_per_housemate]) => ({ housemates, price_per_housemate }))

const energy = { id: 1, name: 'Renewable Energy', provider: 'Rebel Energy', title: 'Renewable Energy' }
const charge = { id: 9, name: 'Service Charge', provider: null, title: 'Service Charge' }
const licence = { id: 35, name: 'TV Licence', provider: 'TV Licensing', title: 'TV Licence' }
const bronze = { id: 1, name: 'Bronze', description: 'Gas and electricity', addons: [] }

describe('the request for tenant packages', () => {
  it('names the postcode without its space, and nothing that is the default', async () => {
    const { upstream } = await quote({ packages: [] })
    expect(upstream.requests).toEqual([
      {
        method: 'GET',
        path: '/api/partner/packages',
        query: { postcode: 'NE12QB' },
        headers: { accept: 'application/json', authorization: 'Bearer sandbox-token' },
      },
    ])
  })

  it('says that the household is a student one and passes the coupon on', async () => {
    const { upstream } = await quote({ packages: [] }, { household_type: 'student', coupon: 'WELCOME10' })
    expect(upstream.requests[0]?.query).toEqual({
      postcode: 'NE12QB',
      is_student: 'true',
      coupon: 'WELCOME10',
    })
  })

  it('is not sent without a postcode', async () => {
    const address = { ...mediaExchange, address_id: 'VglSD9KF3EKcNz_RRXPVV', postcode: null }
    await expect(quote({ packages: [] }, { address })).rejects.toMatchObject({
      facts: {
        code: 'validation_failed',
        outcome: 'not_sent',
        fields: [{ pointer: '/address/postcode', code: 'required' }],
      },
    })
  })
})

describe('the documented answer', () => {
  it('becomes one offer, and Silver, whose bills have no price, a note', async () => {
    const answer = fixture('homebox', 'quotes.create.packages')
    const { offers, notes, supported } = await quote(answer, { occupants: 3, bill_payers: 2 })
    const price = {
      per_month: pounds(10500),
      per_person_per_month: pounds(3500),
      per_person_per_week: pounds(808),
      per_bill_payer_per_month: pounds(5250),
      derived: ['per_person_per_week'],
    }
    expect({ offers, notes, supported }).toEqual({
      supported: true,
      offers: [
        {
          product: 'tenant_package',
          package_id: '1',
          name: 'Bronze',
          description: 'Gas, electricity, clean & waste water',
          services: [
            {
              id: '1',
              type: 'energy',
              name: 'Renewable Energy',
              description: 'Standard Plan',
              supplier: 'Rebel Energy',
              included: true,
              price,
            },
          ],
          add_ons: [],
          price,
          unlimited: null,
          representative: false,
          missing_reasons: {},
          provider_quote_id: null,
        },
      ],
      notes: ['Homebox states no price for 3 housemates for its package Silver.'],
    })
  })
})

describe('"Calculating Prices"', () => {
  const bills = [
    { ...energy, prices: prices([3, '99.99'], [4, '28.5'], [5, '20.00']) },
    { ...charge, prices: prices([4, '6.50']) },
  ]

  it('sums the row of exactly this household over the bills, service charge included', async () => {
    const { offers } = await quote({ packages: [{ ...bronze, bills }] }, { bill_payers: 3 })
    expect(offers[0]?.price).toEqual({
      per_month: pounds(14000),
      per_person_per_month: pounds(3500),
      per_person_per_week: pounds(808),
      per_bill_payer_per_month: pounds(4667),
      derived: ['per_person_per_week'],
    })
    expect(offers[0]?.services.map(service => service.type)).toEqual(['energy', 'service_charge'])
  })

  it.each([
    ['0.05', 8],
    ['0.07', 10],
  ])('shares a half penny of three times %s to the even one', async (perHousemate, share) => {
    const packages = [{ ...bronze, bills: [{ ...energy, prices: prices([3, perHousemate]) }] }]
    const { offers } = await quote({ packages }, { occupants: 3, bill_payers: 2 })
    expect(offers[0]?.price.per_bill_payer_per_month).toEqual(pounds(share))
  })

  it.each([
    ['is missing', prices([3, '20.00'])],
    ['is no decimal', prices([4, 'call us'])],
    ['is null', prices([4, null])],
    ['is stated twice and differently', prices([4, '20.00'], [4, '21.00'])],
    ['list is missing', null],
  ])('leaves a package out when the price of one bill %s', async (_, rows) => {
    const packages = [{ ...bronze, bills: [...bills, { ...licence, prices: rows }] }]
    const { offers, notes } = await quote({ packages })
    expect(offers).toEqual([])
    expect(notes).toEqual(['Homebox states no price for 4 housemates for its package Bronze.'])
  })

  it('prices add-ons for this household like the package, and leaves out those without a price', async () => {
    const addons = [
      { ...licence, prices: prices([4, '3.75']) },
      { ...licence, id: 36, prices: prices([5, '3.00']) },
    ]
    const { offers, notes } = await quote({ packages: [{ ...bronze, bills, addons }] })
    expect(offers[0]?.add_ons).toEqual([
      {
        id: '35',
        type: 'tv_licence',
        name: 'TV Licence',
        description: null,
        supplier: 'TV Licensing',
        price: {
          per_month: pounds(1500),
          per_person_per_month: pounds(375),
          per_person_per_week: pounds(87),
          per_bill_payer_per_month: pounds(375),
          derived: ['per_person_per_week'],
        },
      },
    ])
    expect(notes).toEqual(['Add-ons of Bronze without a price for 4 housemates are left out.'])
  })
})

describe('a custom package', () => {
  const onlyCharge = [{ ...charge, prices: prices([4, '6.50']) }]
  const addons = [{ ...energy, id: 54, prices: prices([4, '28.50']) }]

  it('has the service charge only; every bill is an add-on', async () => {
    const packages = [{ ...bronze, id: 7, name: 'Custom', bills: onlyCharge, addons }]
    const { offers } = await quote({ packages })
    expect(offers[0]).toMatchObject({
      product: 'custom_package',
      package_id: '7',
      services: [{ id: '9', type: 'service_charge' }],
      add_ons: [{ id: '54', type: 'energy' }],
      price: { per_month: pounds(2600) },
    })
  })

  it('is an ordinary one when bills are included after all', async () => {
    const bills = [...onlyCharge, { ...energy, prices: prices([4, '28.50']) }]
    const { offers } = await quote({ packages: [{ ...bronze, name: 'Custom', bills }] })
    expect(offers[0]?.product).toBe('tenant_package')
  })
})

describe('odd answers', () => {
  const readable = { ...bronze, bills: [{ ...energy, prices: prices([4, '28.50']) }] }

  it('cost only the package that cannot be read', async () => {
    const { offers, notes } = await quote({ packages: [{ name: 'Silver' }, readable, 42] })
    expect(offers.map(offer => offer.name)).toEqual(['Bronze'])
    expect(notes).toEqual(['Homebox sent a package that cannot be read; it is left out.'])
  })

  it('say so when there is no package at all', async () => {
    const { offers, notes } = await quote({ packages: [] })
    expect({ offers, notes }).toEqual({ offers: [], notes: ['Homebox has no package for this postcode.'] })
  })

  it.each([{ packages: [{ name: 'Silver' }] }, { data: [] }, '<html>', null])(
    'are off contract when nothing can be read: %j',
    async answer => {
      await expect(quote(answer)).rejects.toMatchObject({ facts: { code: 'provider_error' } })
    },
  )

  it('tell students why council tax is missing', async () => {
    const { offers } = await quote({ packages: [readable] }, { household_type: 'student' })
    expect(offers[0]?.missing_reasons).toEqual({
      council_tax: 'Homebox offers no council tax to student households.',
    })
  })
})
