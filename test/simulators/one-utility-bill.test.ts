import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { RunningSimulator } from '#simulators/core/simulator'
import { startOneUtilityBillSimulator } from '#simulators/one-utility-bill/index'
import { fixture } from '#test/fixture'
import { at, fieldsOf, oneUtilityBillClient, type SimulatorClient } from '#test/simulator-client'

const quote = { postcode: 'NE1 2QB', bed_size: 4, tenancy_start_date: '2026-09-30' }
const lead = {
  property: {
    address_line_1: '5 Media Exchange',
    city: 'Newcastle upon Tyne',
    postcode: 'NE1 2QB',
    address_line_2: 'Coquet Street',
    county: 'Tyne and Wear',
    uprn: '100110971828',
    umprn: '12345678',
    udprn: '12345678',
  },
  contact: {
    first_name: 'John',
    last_name: 'Smith',
    email_address: 'john.smith@example.com',
    phone_number: '07700964836',
    country_code: 'GB',
  },
  tenancy_start_date: '2026-09-30',
  metadata: [{ meta_key: 'enquiry_id', meta_value: '123' }],
}
const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

let simulator: RunningSimulator
let client: SimulatorClient

beforeAll(async () => {
  simulator = await startOneUtilityBillSimulator({
    limit: 'off',
    clock: () => new Date('2026-09-01T09:13:36.250Z'),
  })
  client = await oneUtilityBillClient(simulator)
})
afterAll(() => simulator.stop())

const postQuote = (changes: object = {}) => client.post('/api/v1/quotes', { ...quote, ...changes })
const postLead = (changes: object = {}) => client.post('/api/v1/leads', { ...lead, ...changes })

/** The document's own lengths and formats; dotted as its leads report them. */
async function errorsOf(answer: Promise<{ status: number; body: unknown }>) {
  const { status, body } = await answer
  expect(status).toBe(422)
  return z.record(z.string(), z.array(z.string())).parse(at(body, 'errors'))
}

describe('a quote', () => {
  it("has the document's fields, UUIDs of version 7 and timestamps to the second", async () => {
    const { status, body } = await postQuote()
    expect(status).toBe(201)
    const sample = fieldsOf(fixture('one-utility-bill', 'quotes.create.england'))
    expect(fieldsOf(body)).toEqual(
      expect.arrayContaining(sample.filter(field => !field.includes('metadata[]'))),
    )
    expect(at(body, 'data', 'id')).toMatch(UUID_V7)
    expect(at(body, 'data', 'created_at')).toBe('2026-09-01T09:13:36Z')
  })

  it('states a price for the house, a person and a week', async () => {
    const { body } = await postQuote()
    expect(at(body, 'data', 'total_costs')).toMatchObject({
      per_month: '153.82',
      per_person_per_month: '38.46',
      per_person_per_week: '8.88',
    })
    expect(at(body, 'data', 'items')).toMatchObject([
      { type: 'energy', available: true, cost: { per_month: '97.80' }, metadata: [] },
      { type: 'water', available: true, cost: { per_month: '26.12' }, metadata: [] },
      { type: 'broadband', available: true, cost: { per_month: '29.90' }, metadata: [] },
    ])
  })

  it('has no water in Scotland and says why', async () => {
    const { body } = await postQuote({ postcode: 'EH1 1AA' })
    expect(at(body, 'data', 'items', 1)).toMatchObject({
      type: 'water',
      available: false,
      metadata: [{ meta_key: 'available_description', meta_value: 'water included in council tax' }],
    })
    expect(at(body, 'data', 'total_costs', 'per_month')).toBe('127.70')
  })

  it('costs the same whenever it is asked for, under another id', async () => {
    const [first, second] = [await postQuote(), await postQuote()]
    expect(at(second.body, 'data', 'total_costs', 'per_month')).toBe(
      at(first.body, 'data', 'total_costs', 'per_month'),
    )
    expect(at(second.body, 'data', 'id')).not.toBe(at(first.body, 'data', 'id'))
  })

  it('is refused with every rule that a postcode breaks, counted as in the sample', async () => {
    const { status, body } = await postQuote({ postcode: 'NE1', bed_size: 0 })
    const sample = fixture('one-utility-bill', 'refusal.validation')
    expect(status).toBe(422)
    expect({ message: at(body, 'message'), errors: at(body, 'errors') }).toEqual({
      message: at(sample, 'message'),
      errors: at(sample, 'errors'),
    })
    expect(at(body, 'meta', 'request_id')).toMatch(/^[0-9a-f]{40}$/)
  })

  it.each(['BT1 1AA', 'JE2 3AB', 'GY1 1AA', 'IM1 1AA'])(
    'is refused outside Great Britain: %s',
    async postcode => {
      expect(await errorsOf(postQuote({ postcode }))).toEqual({
        postcode: ['Postcode is not within England, Scotland or Wales.'],
      })
    },
  )

  it.each([
    [{ bed_size: 15 }, { bed_size: ['The bed size must not be greater than 14.'] }],
    [{ bed_size: '4' }, { bed_size: ['The bed size must be an integer.'] }],
    [{ bed_size: 2.5 }, { bed_size: ['The bed size must be an integer.'] }],
    [
      { tenancy_start_date: '30/09/2026' },
      { tenancy_start_date: ['The tenancy start date does not match the format Y-m-d.'] },
    ],
    [{ tenancy_start_date: undefined }, { tenancy_start_date: ['The tenancy start date is required.'] }],
    [{ postcode: undefined }, { postcode: ['The postcode is required.'] }],
    [{ is_student: true }, { is_student: ['The is student is prohibited.'] }],
  ])('is refused with %j', async (changes, errors) => {
    expect(await errorsOf(postQuote(changes))).toEqual(errors)
  })
})

describe('a lead', () => {
  it("is answered with the document's fields, its phone in E.164, and can be read again", async () => {
    const { status, body } = await postLead()
    expect(status).toBe(201)
    expect(fieldsOf(body)).toEqual(
      expect.arrayContaining(fieldsOf(fixture('one-utility-bill', 'leads.create.ok'))),
    )
    expect(at(body, 'data', 'contact')).toMatchObject({ phone_number: '+447700964836', country_code: 'GB' })
    const found = await client.get(`/api/v1/leads/${at(body, 'data', 'id')}`)
    expect(found).toMatchObject({ status: 200, body })
  })

  it('may leave out everything optional', async () => {
    const { address_line_1, city, postcode } = lead.property
    const { country_code: _, ...contact } = lead.contact
    const { status, body } = await client.post('/api/v1/leads', {
      property: { address_line_1, city, postcode },
      contact: { ...contact, phone_number: '+441916220102' },
    })
    expect(status).toBe(201)
    expect(at(body, 'data')).toMatchObject({
      quote_id: null,
      tenancy_start_date: null,
      property: { address_line_2: null, county: null, uprn: null },
      contact: { country_code: 'GB' },
      metadata: [],
    })
  })

  it('takes the id of a quote that was given, and no other', async () => {
    const quoteId = at((await postQuote()).body, 'data', 'id')
    expect(at((await postLead({ quote_id: quoteId })).body, 'data', 'quote_id')).toBe(quoteId)
    const leadId = at((await postLead()).body, 'data', 'id')
    expect(await errorsOf(postLead({ quote_id: leadId }))).toEqual({
      quote_id: ['The selected quote id is invalid.'],
    })
  })

  it.each([
    [
      'property',
      { address_line_1: '' },
      'property.address_line_1',
      'The property.address line 1 is required.',
    ],
    [
      'property',
      { city: 'x'.repeat(61) },
      'property.city',
      'The property.city must not be greater than 60 characters.',
    ],
    [
      'property',
      { uprn: '1'.repeat(13) },
      'property.uprn',
      'The property.uprn must not be greater than 12 characters.',
    ],
    [
      'property',
      { umprn: '1'.repeat(11) },
      'property.umprn',
      'The property.umprn must not be greater than 10 characters.',
    ],
    [
      'property',
      { udprn: '1'.repeat(9) },
      'property.udprn',
      'The property.udprn must not be greater than 8 characters.',
    ],
    [
      'property',
      { postcode: 'BT1 1AA' },
      'property.postcode',
      'Postcode is not within England, Scotland or Wales.',
    ],
    [
      'contact',
      { first_name: 'J' },
      'contact.first_name',
      'The contact.first name must be at least 2 characters.',
    ],
    [
      'contact',
      { email_address: 'a@nowhere.invalid' },
      'contact.email_address',
      'The contact.email address must be a valid email address.',
    ],
    [
      'contact',
      { phone_number: '123456' },
      'contact.phone_number',
      'The contact.phone number must be at least 7 characters.',
    ],
    [
      'contact',
      { phone_number: '+44 7700 964836 99' },
      'contact.phone_number',
      'The contact.phone number must not be greater than 15 characters.',
    ],
    [
      'contact',
      { country_code: 'GBR' },
      'contact.country_code',
      'The contact.country code format is invalid.',
    ],
    ['contact', { email: 'a@example.com' }, 'contact.email', 'The contact.email is prohibited.'],
  ] as const)('is refused with %s %j', async (part, changes, field, message) => {
    expect(await errorsOf(postLead({ [part]: { ...lead[part], ...changes } }))).toEqual({
      [field]: [message],
    })
  })

  it('is refused with metadata of another key', async () => {
    const metadata = [{ meta_key: 'colour', meta_value: 'red' }]
    expect(await errorsOf(postLead({ metadata }))).toEqual({
      'metadata.0.meta_key': ['The selected metadata.0.meta key is invalid.'],
    })
  })

  it.each(['01838daa-eb24-7c54-bac5-ca4eedab22f3', 'x', '__proto__'])('is not found under "%s"', async id => {
    const { status, body } = await client.get(`/api/v1/leads/${id}`)
    expect({ status, message: at(body, 'message') }).toEqual({ status: 404, message: 'Not Found.' })
  })
})
