import { z } from 'zod'
import type { Price } from '#contract/quotes'
import { orNull } from '#providers/answer-schemas'
import { Pounds } from '#providers/homebox/dialect'
import type { Household } from '#providers/port/quotes'
import type { Money } from '#values/money'
import { perWeek, scaleMoney } from '#values/money'

const Stated = orNull(Pounds)

const PriceRow = z.object({
  housemates: z.union([
    z.int(),
    z
      .string()
      .regex(/^\d{1,3}$/)
      .transform(Number),
  ]),
  price_per_housemate: Stated,
  price_total: Stated,
})
export type PriceRow = z.output<typeof PriceRow>

/** Prices by size of household; rows that cannot be read count as not there. */
export const PriceRows = z
  .array(PriceRow.nullable().catch(null))
  .nullish()
  .catch(null)
  .transform(rows => (rows ?? []).filter(row => row !== null))

/** The figure stated for exactly so many housemates; null when there is none, or rows contradict each other. */
export function statedFor(
  rows: readonly PriceRow[],
  housemates: number,
  figure: 'price_per_housemate' | 'price_total',
): Money | null {
  const [first, ...others] = rows.filter(row => row.housemates === housemates).map(row => row[figure])
  return first && others.every(other => other?.amount === first.amount) ? first : null
}

type Size = Pick<Household, 'occupants' | 'bill_payers'>

export function inHousemates({ occupants }: Size): string {
  return occupants === 1 ? '1 housemate' : `${occupants} housemates`
}

/** Chapter "Calculating Prices": per tenant is the sum; × tenants is the household; ÷ bill payers is each one's share. */
export function tenantPrice(perHousemate: Money, size: Size): Price {
  const perMonth = scaleMoney(perHousemate, size.occupants)
  return {
    per_month: perMonth,
    per_person_per_month: perHousemate,
    per_person_per_week: perWeek(perHousemate),
    per_bill_payer_per_month: scaleMoney(perMonth, 1, size.bill_payers),
    derived: ['per_person_per_week'],
  }
}

/**
 * The price of a partner quote, which states household figures and, for a single bill, those per housemate; where
 * everybody pays these are also the share of each bill payer.
 */
export function partnerPrice(perMonth: Money, perHousemate: Money | null, size: Size): Price {
  const perPerson = perHousemate ?? scaleMoney(perMonth, 1, size.occupants)
  const everyonePays = size.bill_payers === size.occupants
  const derived: Price['derived'] = ['per_person_per_week']
  if (perHousemate === null) derived.unshift('per_person_per_month')
  if (perHousemate === null || !everyonePays) derived.push('per_bill_payer_per_month')
  return {
    per_month: perMonth,
    per_person_per_month: perPerson,
    per_person_per_week: perWeek(perPerson),
    per_bill_payer_per_month: everyonePays ? perPerson : scaleMoney(perMonth, 1, size.bill_payers),
    derived,
  }
}
