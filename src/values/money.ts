import Big from 'big.js'

export const currencies = ['GBP', 'EUR'] as const
export type Currency = (typeof currencies)[number]

/** An exact amount in integer minor units (pence, cents); never a float. */
export interface Money {
  readonly amount: number
  readonly currency: Currency
}

const MINOR_UNITS = 100

function fromMinorUnits(exact: Big, currency: Currency): Money {
  const amount = exact.round(0, Big.roundHalfEven).toNumber()
  if (!Number.isSafeInteger(amount)) throw new RangeError('amount is too large to be exact')
  return { amount: amount === 0 ? 0 : amount, currency }
}

export function pounds(pence: number): Money {
  return { amount: pence, currency: 'GBP' }
}

/**
 * Reads a decimal in major units, such as `"101.5"`, `"100.000"` or `7.33`.
 * Rounds half to even at the minor unit. Throws RangeError when the text is not a plain decimal.
 */
export function moneyFromDecimal(decimal: string | number, currency: Currency): Money {
  const text = String(decimal).trim()
  if (!/^-?\d{1,13}(\.\d{1,20})?$/.test(text)) throw new RangeError('not a decimal amount')
  return fromMinorUnits(new Big(text).times(MINOR_UNITS), currency)
}

/** The amount in major units with two decimals, such as `"101.50"`. */
export function decimalFromMoney(money: Money): string {
  return new Big(money.amount).div(MINOR_UNITS).toFixed(2)
}

/** Throws RangeError when the currencies differ: there is no exchange rate here. */
export function addMoney(first: Money, second: Money): Money {
  if (first.currency !== second.currency) throw new RangeError('currencies differ')
  return fromMinorUnits(new Big(first.amount).plus(second.amount), first.currency)
}

/** The amount × numerator ÷ denominator, rounded once, half to even. */
export function scaleMoney(money: Money, numerator: number, denominator = 1): Money {
  const product = new Big(money.amount).times(numerator)
  const quotient = product.div(denominator)
  // big.js keeps 20 decimals; a remainder decides exactly whether a half really is a half.
  const floor = quotient.round(0, Big.roundDown)
  const remainder = product.minus(floor.times(denominator)).abs()
  const twice = remainder.times(2).cmp(Math.abs(denominator))
  const away = twice > 0 || (twice === 0 && !floor.mod(2).eq(0))
  const step = product.lt(0) !== denominator < 0 ? -1 : 1
  return fromMinorUnits(away ? floor.plus(step) : floor, money.currency)
}

/** A monthly price per week: twelve months over fifty-two weeks. */
export function perWeek(monthly: Money): Money {
  return scaleMoney(monthly, 12, 52)
}
