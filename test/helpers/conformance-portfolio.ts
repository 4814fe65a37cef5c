import { z } from 'zod'
import { Meters, propertyStatuses } from '#contract/properties'
import type { PropertyOperations } from '#providers/port/properties'
import { fixture } from '#test/fixture'
import { mediaExchange } from '#test/port-household'

/** The operations on the customer's own account, its houses and its branches. */
type Portfolio = PropertyOperations
type Input<K extends keyof Portfolio> = Parameters<Portfolio[K]>[0]
type PortfolioInputs = { readonly [K in keyof Portfolio]: Input<K> }

/** Objects at the provider that an input points to. */
export interface PortfolioIds {
  property_id: string
}
export const PORTFOLIO_IDS: Readonly<PortfolioIds> = { property_id: '7' }

export function portfolioInputs({ property_id }: PortfolioIds): PortfolioInputs {
  return {
    'properties.create': { address: mediaExchange, property_reference: 't0013981', branch_id: null },
    'properties.get': { property_id },
    'properties.list': { page: 1, status: 'tenant_package', q: 'London' },
  }
}

const documented = (name: string) => [fixture('homebox', name)]

export function portfolioExamples(inputs: PortfolioInputs, branch_id: string) {
  const told = 'for a branch'
  return {
    'properties.create': [
      { input: inputs['properties.create'], answers: documented('properties.create.ok') },
      {
        told,
        input: { ...inputs['properties.create'], branch_id },
        answers: documented('properties.create.branch'),
      },
    ],
    'properties.get': [{ input: inputs['properties.get'], answers: documented('properties.get.ok') }],
    'properties.list': [{ input: inputs['properties.list'], answers: documented('properties.list.ok') }],
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

export const portfolioShapes = {
  'properties.create': property,
  'properties.get': property,
  'properties.list': z.object({ items: z.array(property), pages: count, total: count }),
}
