import { expect, onTestFinished, test } from 'vitest'
import { paymentWriteInputs } from '#test/conformance-payment-writes'
import { voucherInputs } from '#test/conformance-vouchers'
import { startTestGateway } from '#test/gateway'

const eur = (amount: number) => ({ amount, currency: 'EUR' })
const partner_uuid = 'baf5a0f2-4b5b-422d-9a1b-2fc636e89b45'
const customer = { email: 'jane.doe@example.com' }
const allOfThem = { ...customer, first_name: 'Jane', street: '1 rue Haute', aka: ['JD'] }
const partner = { commercial_name: 'Chez Marie', short_name: 'marie', email: 'marie@example.com' }
const network = {
  ...partner,
  name: 'Marie SARL',
  siret_number: '73282932000074',
  legal_representative: { first_name: 'Serine', last_name: 'Kanari' },
  address: { line_1: '1 rue Haute', postcode: '75000', city: 'Paris', country: 'FR' },
  website: 'https://marie.example.com',
}
const card = {
  marketplace_uuid: partner_uuid,
  state: 'paid',
  value: eur(10_000),
  gifter: customer,
  from_gifter: 'Happy birthday!',
  activates_at: '2026-06-16T12:00:00Z',
  expires_at: '2027-06-16T12:00:00Z',
}
const { name, description, long_description, ...prototype } = voucherInputs['prototypes.create']
const named = { name, description, type: 'stay', stay_price: eur(1_050), universe_id: '1' }

/** The least that each creation takes, and as much as it takes. */
const bodies: Readonly<Record<string, readonly [least: object, most: object]>> = {
  payments: [
    { customer, partner_uuid, amount: eur(100), product: 'stay' },
    { ...paymentWriteInputs['payments.create'], customer: allOfThem },
  ],
  'payment-requests': [
    { customer, partner_uuid, amount: eur(100) },
    { ...paymentWriteInputs['paymentRequests.create'], customer: allOfThem },
  ],
  partners: [
    { ...partner, state: 'active' },
    {
      ...partner,
      state: 'active',
      vat_id: 'FR44732829320',
      payout_frequency: 'monthly',
      website: 'https://marie.example.com',
    },
  ],
  'network-partners': [
    network,
    { ...network, partner_tags: [{ name: 'spa' }], takes_network_vouchers: true },
  ],
  'network-gift-cards': [card, { ...card, gifter: allOfThem, giftee: customer }],
  'voucher-prototypes': [
    { ...named, long_description },
    { ...prototype, ...named, long_description },
  ],
  'voucher-options': [{ name, description, selling_price: eur(1_050) }, voucherInputs['options.create']],
  'voucher-option-categories': [{ name, description, partner_uuid }, voucherInputs['categories.create']],
}

test.each([
  ['the least', 0],
  ['the most', 1],
] as const)(
  'whoever tells MyBeezBox’s simulator %s sees no drift of what it answers',
  async (_how, which) => {
    const { api, services, close, simulators } = await startTestGateway()
    onTestFinished(close)
    for (const [path, both] of Object.entries(bodies)) {
      const { status, text, body } = await api(`POST /v1/${path}`, { body: both[which] })
      expect(status, text).toBe(201)
      await api(`GET /v1/${path}/${body.code ?? body.id}`)
      await api(`GET /v1/${path}`)
    }
    await services.drift.flush()
    expect((await api('GET /v1/providers/mybeezbox/drift')).body.data).toEqual([])
    expect(simulators.mybeezbox.requests().length).toBeGreaterThan(15)
  },
)
