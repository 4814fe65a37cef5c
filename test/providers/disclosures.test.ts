import { describe, expect, test } from 'vitest'
import type { Product } from '#contract/quotes'
import type { ProviderId } from '#contract/vocabulary'
import { type PersonalFieldName, personalFieldNames } from '#providers/port/disclosure'
import type { Input, OperationName } from '#providers/port/index'
import { effectOf } from '#providers/port/seal'
import type { Upstream } from '#providers/port/upstream'
import { sealedProviders } from '#providers/registry'
import { accessTo } from '#test/conformance-access'
import { inputsFor } from '#test/conformance-inputs'
import { billsPackage, partnerPackage, tenantPackage } from '#test/order-drafts'

const contact = {
  first_name: 'Canarina',
  last_name: 'Featherstonehaugh',
  email: 'someone@example.com',
  phone: '+447911123456',
}
const bank_account = { account_name: 'C F Bank', account_number: '90817263', sort_code: '204581' }
const lines = {
  line_1: '7 Nightingale Aviary',
  line_2: null,
  city: 'London',
  county: '',
  postcode: 'NW1 1AA',
}
const whole = {
  ...contact,
  date_of_birth: '1987-06-05',
  nationality: 'IE',
  bank_account,
  billing_address: lines,
}

/** What each field is known by, however a provider spells it. */
const SIGNS: Readonly<Record<PersonalFieldName, RegExp>> = {
  first_name: /Canarina/,
  last_name: /Featherstonehaugh/,
  email: /someone@example\.com/,
  phone: /7911 ?123456/,
  country_code: /"FR"/,
  date_of_birth: /1987-06-05|05\/06\/(19)?87/,
  nationality: /"IE"/,
  billing_address: /Nightingale/,
  bank_account: /90817263/,
}

/** The bodies of what an operation sends first. */
async function sentBy(
  provider: ProviderId,
  operation: OperationName,
  input: Input<OperationName>,
): Promise<string> {
  const sent: unknown[] = []
  const note = async ({ body }: { body?: unknown }): Promise<never> => {
    sent.push(body)
    throw new Error('that was it')
  }
  const upstream: Upstream = { json: note, stream: note, token: () => Promise.resolve('token') }
  const { run } = sealedProviders[provider].open(accessTo[provider].credentials, upstream, 'test')
  await run(operation, input).catch(() => undefined)
  expect(sent.length, `${provider} ${operation}`).toBeGreaterThan(0)
  return JSON.stringify(sent)
}

const fieldsIn = (text: string) => personalFieldNames.filter(name => SIGNS[name].test(text))
const inputs = inputsFor()
const lead = { ...inputs['leads.create'], tenants: [{ ...contact, country_code: 'FR' }] }
const at = { order_id: '31', tenant_id: '51' }
const { bank_account: _bank, billing_address: _address, ...changes } = whole
const { phone: _phone, ...customer } = contact
const request = { ...inputs['paymentRequests.create'], customer }
const holder = { ...contact, date_of_birth: '1987-06-05' }
const atHomebox = { provider: 'homebox', operation: 'orders.create' } as const

interface Case {
  readonly provider: ProviderId
  readonly operation: OperationName
  readonly input: Input<OperationName>
  readonly product?: Product
}
const CASES: readonly Case[] = [
  { provider: 'homebox', operation: 'leads.create', input: lead },
  { provider: 'one_utility_bill', operation: 'leads.create', input: lead },
  { ...atHomebox, input: tenantPackage(), product: 'tenant_package' },
  { ...atHomebox, input: tenantPackage({ product: 'custom_package' }), product: 'custom_package' },
  { ...atHomebox, input: partnerPackage({ tenants: [contact] }), product: 'partner_package' },
  {
    provider: 'housr',
    operation: 'orders.create',
    input: billsPackage({ tenants: [holder] }),
    product: 'bills_package',
  },
  { provider: 'homebox', operation: 'tenants.create', input: { order_id: '31', tenant: whole } },
  { provider: 'homebox', operation: 'tenants.update', input: { ...at, changes } },
  {
    provider: 'homebox',
    operation: 'invites.create',
    input: { order_id: '31', branch_id: null, invite: contact },
  },
  { provider: 'homebox', operation: 'mandates.update', input: { ...at, bank_account } },
  { provider: 'mybeezbox', operation: 'paymentRequests.create', input: request },
]

/** Whom these name is nobody of an order or a lead: who answers for an empty house, a branch, a customer of a shop. */
const ABOUT_OTHERS: readonly string[] = ['branches.create', 'voids.create']

describe('what an operation is declared to tell of somebody', () => {
  test.each(CASES)(
    'at $provider, by $operation ($product), is what it sends',
    async ({ provider, operation, input, product }) => {
      const declared = sealedProviders[provider].discloses[operation]
      const names = !declared?.products || (product !== undefined && declared.products.includes(product))
      expect(fieldsIn(await sentBy(provider, operation, input))).toEqual(names ? declared?.fields : [])
    },
  )

  test('is tried for every declaration', () => {
    const declared = Object.values(sealedProviders).flatMap(({ id, discloses }) =>
      Object.keys(discloses).map(operation => `${id} ${operation}`),
    )
    const tried = new Set(CASES.map(({ provider, operation }) => `${provider} ${operation}`))
    expect([...tried].toSorted()).toEqual(declared.toSorted())
  })

  test.each(['homebox', 'housr', 'one_utility_bill'] as const)(
    'is nothing for all else at %s',
    async provider => {
      const { supports, discloses } = sealedProviders[provider]
      const others = [...supports].filter(
        operation =>
          effectOf(operation) === 'unsafe' && !(operation in discloses) && !ABOUT_OTHERS.includes(operation),
      )
      for (const operation of others)
        expect(await sentBy(provider, operation, inputs[operation]), operation).not.toMatch(
          /@|447|appleseed|smith/i,
        )
    },
  )
})
