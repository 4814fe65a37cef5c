/** La Poste's establishments are numbered by a sum of their own, except for its seat. */
const LA_POSTE = '356000000'

/** Luhn's sum of 14 digits: from the right, every second one doubled. */
function luhnSum(digits: readonly number[]): number {
  const weighed = digits.map((digit, index) => (index % 2 === 0 ? digit * 2 : digit))
  return weighed.reduce((sum, value) => sum + (value > 9 ? value - 9 : value), 0)
}

/** The 14 digits of a French establishment's number, spaces left out; null when it is none. */
export function parseSiret(text: string): string | null {
  const siret = text.replaceAll(/[\s.]/g, '')
  if (!/^\d{14}$/.test(siret)) return null
  const digits = Array.from(siret, Number)
  if (luhnSum(digits) % 10 === 0) return siret
  const plainSum = digits.reduce((sum, digit) => sum + digit, 0)
  return siret.startsWith(LA_POSTE) && plainSum % 5 === 0 ? siret : null
}
