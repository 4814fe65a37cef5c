import { electronicFormatIBAN, isValidBIC, isValidIBAN } from 'ibantools'

/** An IBAN without spaces, in capitals; null when its country, length or check digits are wrong. */
export function parseIban(text: string): string | null {
  const iban = electronicFormatIBAN(text)
  return iban !== null && isValidIBAN(iban) ? iban : null
}

/** A BIC without spaces, in capitals; null when it is none. */
export function parseBic(text: string): string | null {
  const bic = text.replaceAll(/\s/g, '').toUpperCase()
  return isValidBIC(bic) ? bic : null
}

/** `****5678`: enough to recognise a number by, and never more than half of it. */
export function masked(text: string): string {
  const shown = Math.min(4, Math.floor(text.length / 2))
  return `****${text.slice(text.length - shown)}`
}
