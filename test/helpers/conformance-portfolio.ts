import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { Meters, propertyStatuses } from '#contract/properties'
import { reportMetrics, timelessMetrics } from '#contract/reports'
import { tenancyTypes } from '#contract/tenancies'
import type { AccountOperations } from '#providers/port/account'
import type { BranchOperations } from '#providers/port/branches'
import type { PropertyOperations } from '#providers/port/properties'
import type { ReportOperations } from '#providers/port/reports'
import type { TenancyOperations } from '#providers/port/tenancies'
import type { VoidOperations } from '#providers/port/voids'
import { fixture } from '#test/fixture'
import { mediaExchange } from '#test/port-household'

/** The operations on the customer's own account, its houses and its branches. */
type Portfolio = AccountOperations &
  BranchOperations &
  PropertyOperations &
  ReportOperations &
  TenancyOperations &
  VoidOperations
type Input<K extends keyof Portfolio> = Parameters<Portfolio[K]>[0]
type PortfolioInputs = { readonly [K in keyof Portfolio]: Input<K> }

/** Objects at the provider that an input points to. */
export interface PortfolioIds {
  branch_id: string
  property_id: string
  tenancy_id: string
}
export const PORTFOLIO_IDS: Readonly<PortfolioIds> = { branch_id: '30', property_id: '7', tenancy_id: '71' }

/** A PNG of one pixel. */
export const LOGO = fileURLToPath(new URL('../providers/fixtures/pixel.png', import.meta.url))

const changes = { name: 'Child Partner', theme_color_primary: '#000000', reference_number: '123456789' }

export function portfolioInputs({ branch_id, property_id, tenancy_id }: PortfolioIds): PortfolioInputs {
  return {
    'account.get': {},
    'account.update': { changes },
    'branches.create': {
      ...changes,
      email: 'child.partner1@example.com',
      logo: { path: LOGO, filename: 'logo.png', contentType: 'image/png' },
    },
    'branches.get': { branch_id },
    'branches.list': { page: 1 },
    'branches.update': { branch_id, changes },
    'properties.create': { address: mediaExchange, property_reference: 't0013981', branch_id: null },
    'properties.get': { property_id },
    'properties.list': { page: 1, status: 'tenant_package', q: 'London' },
    'reports.get': { metric: 'orders_new', from: '2019-01-01', to: '2020-01-01' },
    'tenancies.get': { property_id, tenancy_id },
    'tenancies.update': {
      property_id,
      tenancy_id,
      changes: { start_date: '2021-07-23', end_date: '2021-07-24' },
    },
    'voids.create': voidPeriod(property_id),
  }
}

/** The document's own void, and whatever may be left out. */
export function voidPeriod(property_id: string | null): Input<'voids.create'> {
  const address = {
    line_1: '123 Test',
    line_2: 'Example Road',
    city: 'London',
    county: 'Greater London',
    postcode: 'BN10 8UE',
  }
  const john = {
    first_name: 'John',
    last_name: 'Doe',
    email: 'john.doe@example.test',
    phone: '+441234567891',
  }
  return {
    property_id,
    address: null,
    tenancy: { start_date: '2022-07-01', end_date: '2022-07-15' },
    premium: true,
    property_empty: true,
    notifications: true,
    responsible_tenant: john,
    responsible_address: address,
    forwarding: { name: 'Jane Doe', phone: '+441234567892', email: 'jane.doe@example.test', address },
    property_reference: 't0013981',
    branch_id: null,
  }
}

const days = { from: '2019-01-01', to: '2020-01-01' }
const noDays = { from: null, to: null }

const Listed = z.object({ data: z.unknown() })
const documented = (name: string) => [fixture('homebox', name)]

export function portfolioExamples(inputs: PortfolioInputs) {
  const { branch_id } = inputs['branches.get']
  const told = 'for a branch'
  return {
    'account.get': [{ input: inputs['account.get'], answers: documented('account.get.ok') }],
    'account.update': [{ input: inputs['account.update'], answers: documented('account.update.ok') }],
    'branches.create': [
      { input: inputs['branches.create'], answers: documented('branches.create.ok') },
      {
        told: 'without a logo',
        input: { ...inputs['branches.create'], logo: null },
        answers: documented('branches.create.ok'),
      },
    ],
    'branches.get': [{ input: inputs['branches.get'], answers: documented('branches.get.ok') }],
    'branches.list': [{ input: inputs['branches.list'], answers: documented('branches.list.ok') }],
    'branches.update': [{ input: inputs['branches.update'], answers: documented('branches.update.ok') }],
    'properties.create': [
      { input: inputs['properties.create'], answers: documented('properties.create.ok') },
      {
        told,
        input: { ...inputs['properties.create'], branch_id },
        answers: documented('properties.create.branch'),
      },
    ],
    'properties.get': [{ input: inputs['properties.get'], answers: documented('properties.get.ok') }],
    'properties.list': [
      { input: inputs['properties.list'], answers: documented('properties.list.ok') },
      {
        told: 'all',
        input: { page: 1, status: null, q: null },
        answers: [{ data: [Listed.parse(fixture('homebox', 'properties.list.ok')).data] }],
      },
    ],
    'reports.get': reportMetrics.map(metric => ({
      told: metric,
      input: { metric, ...(timelessMetrics.includes(metric) ? noDays : days) },
      answers: documented('reports.get.ok'),
    })),
    'tenancies.get': [
      { input: inputs['tenancies.get'], answers: documented('tenancies.get.ok') },
      // Its creation answers the tenancy that an order is for.
      { told: 'of an order', input: inputs['tenancies.get'], answers: documented('orders.create.partner') },
    ],
    'tenancies.update': [{ input: inputs['tenancies.update'], answers: [{}], anyAnswer: true as const }],
    'voids.create': [
      { input: inputs['voids.create'], answers: documented('voids.create.ok') },
      {
        told: 'at an address',
        input: { ...voidPeriod(null), address: mediaExchange },
        answers: documented('voids.create.ok'),
      },
      { told, input: { ...inputs['voids.create'], branch_id }, answers: documented('voids.create.ok') },
    ],
  }
}

const id = z.string().min(1)
const said = z.string().min(1).nullable()
const count = z.int().min(0).nullable()
const address = z.object({ line_1: said, line_2: said, city: said, county: said, postcode: said }).nullable()

const property = z.object({
  id,
  address,
  address_id: said,
  status: z.enum([...propertyStatuses, 'other']).nullable(),
  provider_status: said,
  mpan: said,
  mprn: said,
  uprn: said,
  meters: Meters,
  property_reference: said,
})

const appearance = {
  name: said,
  reference_number: said,
  theme_color_primary: said,
  logo_url: said,
  management_fee: z.string().nullable(),
}
const branch = z.object({ id, ...appearance })
const account = z.object({ ...appearance, slug: said })

const date = z.iso.date().nullable()
const tenancy = z.object({
  id,
  property_id: said,
  type: z.enum([...tenancyTypes, 'other']).nullable(),
  provider_type: said,
  start_date: date,
  end_date: date,
  property_empty: z.boolean().nullable(),
  responsible_tenant: z.object({ first_name: said, last_name: said, email: said, phone: said }).nullable(),
  responsible_address: address,
  property: property.nullable(),
})

export const portfolioShapes = {
  'account.get': account,
  'account.update': account,
  'branches.create': z.object({ id }),
  'branches.get': branch,
  'branches.list': z.object({ items: z.array(branch), pages: count, total: count }),
  'branches.update': branch,
  'properties.create': property,
  'properties.get': property,
  'properties.list': z.object({ items: z.array(property), pages: count, total: count }),
  'reports.get': z.object({
    name: said,
    description: said,
    value: z.number().nullable(),
    prefix: said,
    suffix: said,
    formatted: said,
  }),
  'tenancies.get': tenancy,
  'tenancies.update': z.undefined(),
  'voids.create': tenancy,
}
