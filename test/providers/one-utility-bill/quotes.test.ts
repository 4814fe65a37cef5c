import { describe, expect, it } from 'vitest'
import { oneUtilityBill } from '#providers/one-utility-bill/index'
import type { Household } from '#providers/port/quotes'
import { fixture } from '#test/fixture'
import { household, mediaExchange } from '#test/port-household'
import { recordingUpstream } from '#test/recording-upstream'
import { pounds } from '#values/money'

const STUDENTS =
  'One Utility Bill quotes its product for students; services and price become personal after sign-up.'
const credentials = { client_id: 'client-1', client_secret: 'very secret' }

async function quote(answer: unknown, different: Partial<Household> = {}) {
  const upstream = recordingUpstream({ access_token: 'one', expires_in: 3600 }, answer)
  const client = oneUtilityBill.connect(credentials, upstream)
  const result = await oneUtilityBill.operations['quotes.create'](client, household(different))
  return { result, offer: result.offers[0], requests: upstream.requests }
}

const documented = () => fixture('one-utility-bill', 'quotes.create.england')
const costs = { per_month: '200.00', per_person_per_month: '50.00', per_person_per_week: '11.54' }
const item = (type: string, different: object = {}) => ({
  id: `item-${type}`,
  type,
  name: type,
  available: true,
  cost: costs,
  ...different,
})
const answer = (...items: object[]) => ({ data: { id: 'quote-1', total_costs: costs, items } })

describe('quotes.create at One Utility Bill', () => {
  it('asks with postcode, number of tenants and start date', async () => {
    const { requests } = await quote(documented())
    expect(requests[1]).toEqual({
      method: 'POST',
      path: '/api/v1/quotes',
      headers: { accept: 'application/json', authorization: 'Bearer one' },
      body: {
        kind: 'json',
        value: { postcode: 'NE1 2QB', bed_size: 4, tenancy_start_date: '2026-09-01' },
      },
    })
  })

  it('takes the documented figures as they are, even though they do not add up', async () => {
    const { result } = await quote(documented())
    const price = {
      per_month: pounds(20000),
      per_person_per_month: pounds(10000),
      per_person_per_week: pounds(2500),
      per_bill_payer_per_month: pounds(10000),
      derived: [],
    }
    expect(result).toEqual({
      supported: true,
      offers: [
        {
          product: 'bills_package',
          package_id: null,
          name: 'Fused Bills',
          description: null,
          services: [
            {
              id: '01838daa-eb24-7c54-bac5-ca4eedab22f3',
              type: 'energy',
              name: 'Unlimited energy',
              description:
                '100% unlimited energy! Use as much as you need without any over-usage fees, ever.',
              supplier: null,
              included: true,
              price,
            },
          ],
          add_ons: [],
          price,
          unlimited: true,
          representative: true,
          missing_reasons: {},
          provider_quote_id: '01838daa-eb24-7c54-bac5-ca4eedab22f3',
        },
      ],
      notes: [STUDENTS],
    })
  })

  it('shares the household figure when not everybody pays, and says that this is ours', async () => {
    const { offer } = await quote(answer(), { bill_payers: 3 })
    expect(offer?.price).toMatchObject({
      per_bill_payer_per_month: pounds(6667),
      derived: ['per_bill_payer_per_month'],
    })
  })

  it.each([
    ['energy', 'energy'],
    ['Electric', 'electricity'],
    ['gas', 'gas'],
    ['water', 'water'],
    ['broadband', 'broadband'],
    ['TV Licence', 'tv_licence'],
    ['concierge', 'other'],
  ])('reads the item type %j as %s', async (type, expected) => {
    const { offer } = await quote(answer(item(type)))
    expect(offer?.services[0]?.type).toBe(expected)
  })

  it('shows an item that is not available as not included, and why', async () => {
    const metadata = [{ meta_key: 'available_description', meta_value: 'water included in council tax' }]
    const { offer } = await quote(answer(item('energy'), item('water', { available: false, metadata })))
    expect(offer?.services[1]).toMatchObject({ type: 'water', included: false, price: null })
    expect(offer?.missing_reasons).toEqual({ water: 'water included in council tax' })
  })

  it('knows why there is no water in Scotland when the answer does not say', async () => {
    const address = { ...mediaExchange, postcode: 'EH1 1YZ', nation: 'scotland' as const }
    const { offer } = await quote(answer(item('energy')), { address })
    expect(offer?.missing_reasons).toEqual({ water: 'Scotland: water is billed with council tax' })
  })

  it('keeps an item whose cost cannot be read, without a price', async () => {
    const { offer } = await quote(answer(item('energy', { cost: { ...costs, per_month: 'lots' } })))
    expect(offer?.services[0]).toMatchObject({ included: true, price: null })
  })

  it('ignores fields that are new', async () => {
    const { offer } = await quote(answer(item('energy', { carbon: 1 })))
    expect(offer?.services).toHaveLength(1)
  })

  it.each([
    { data: { id: 'quote-1', items: [] } },
    { data: { id: 'quote-1', total_costs: { ...costs, per_month: 'lots' }, items: [] } },
    { data: { id: 'quote-1', total_costs: { ...costs, per_month: null }, items: [] } },
    { message: 'ok' },
    '<html>',
  ])('does not guess a total from %j', async body => {
    await expect(quote(body)).rejects.toMatchObject({ facts: { code: 'provider_error' } })
  })
})

describe('a household that One Utility Bill does not serve', () => {
  it.each([
    [
      'in Northern Ireland',
      { address: { ...mediaExchange, postcode: 'BT1 5GS', nation: 'northern_ireland' } },
    ],
    ['on an island', { address: { ...mediaExchange, postcode: 'JE2 3AB', nation: 'islands' } }],
    ['of fifteen', { occupants: 15 }],
    ['whose landlord pays', { responsibility: 'partner' }],
  ] as const)('is one %s: nothing is sent', async (_, different) => {
    const { result, requests } = await quote(documented(), different)
    expect(result).toMatchObject({ supported: false, offers: [], notes: [expect.any(String)] })
    expect(requests).toEqual([])
  })

  it('is not one of fourteen in Wales', async () => {
    const address = { ...mediaExchange, postcode: 'CF10 1EP', nation: 'wales' as const }
    const { result } = await quote(documented(), { occupants: 14, address })
    expect(result.supported).toBe(true)
  })

  it('is not sent without a postcode', async () => {
    const address = { ...mediaExchange, address_id: 'GB|RM|B|2066825', postcode: null, nation: null }
    await expect(quote(documented(), { address })).rejects.toMatchObject({
      facts: {
        code: 'validation_failed',
        outcome: 'not_sent',
        fields: [{ pointer: '/address/postcode', code: 'required' }],
      },
    })
  })
})

describe('the notes of One Utility Bill', () => {
  const FIXED = 'One Utility Bill quotes a 12-month fixed term.'
  const COUPON = 'One Utility Bill takes no coupon.'

  it.each([
    ['2026-09-01', '2027-08-31', [STUDENTS]],
    ['2026-09-01', '2027-09-01', [STUDENTS]],
    ['2028-02-29', '2029-02-28', [STUDENTS]],
    ['2026-09-01', '2027-06-30', [STUDENTS, FIXED]],
    ['2026-09-01', '2028-08-31', [STUDENTS, FIXED]],
    ['2026-09-01', null, [STUDENTS, FIXED]],
  ])('for %s to %s are %j', async (start_date, end_date, notes) => {
    const { result } = await quote(documented(), { tenancy: { start_date, end_date } })
    expect(result.notes).toEqual(notes)
  })

  it('say that a coupon is not taken', async () => {
    const { result } = await quote(documented(), { coupon: 'WELCOME10' })
    expect(result.notes).toEqual([STUDENTS, COUPON])
  })
})
