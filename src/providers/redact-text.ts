export const REMOVED = '[removed]'
export const PERSONAL = '[personal]'
const DIGITS = '[digits]'

/** Anything longer is cut before a pattern sees it, so that a hostile text costs no more than its first part. */
const LONGEST_READ = 4_000
/** A longer run without a space is no word, and is cut inside. */
const LONGEST_WORD = 300
/** Shorter ones are words such as a user name that stand in honest texts too. */
const SHORTEST_SECRET = 6

const email = /[^\s@<>"'(),;:]{1,64}@[^\s@<>"'(),;:]{1,255}/gu
const scheme = /\b(?:bearer|basic)\s+(?:(?=[\w.~+/=-]*\d)[\w.~+/=-]{6,}|[\w.~+/=-]{20,})/giu
const jwt = /\beyJ[\w-]{6,}(?:\.[\w-]*){1,2}/gu
const passwordWord = /\bpass(?:word|code|phrase)/iu
const password = /\bpass(?:word|code|phrase)\b\s*(?:is|was|=|:)[^\n]*/giu
const pair = /\b(?:client[-_ ]?secret|api[-_ ]?key|[\w-]*token|secret)\b["'\s]*[:=][\s"']*[^\s"',;&]+/giu
const iban = /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?\b/gu
/** Six digits and more in up to six groups: phone numbers, sort codes, dates of birth, cards. */
const grouped = /\d(?:[\s()/-]{0,2}\d){5,}/gu
const control = /[^\P{Cc}\t\n\r]/gu

/** One look that spares most texts the patterns above. */
const mayHoldSecret = /pass|bearer|basic|eyJ|secret|token|api/iu

/** Text that Postgres and JSON can hold: no NUL or other control character, no half of a surrogate pair. */
export function storable(text: string): string {
  return text.toWellFormed().replace(control, '\uFFFD')
}

/**
 * Cuts to `max` UTF-16 units between words, never inside one or inside a number, so that nothing is left half that a
 * pattern would have caught whole.
 */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text
  const kept = text.slice(0, max - 1)
  // Searched for at the end only: in the whole text the pattern would be tried at every character.
  const words = kept.slice(0, -LONGEST_WORD) + kept.slice(-LONGEST_WORD).replace(/\S+$/, '')
  return `${words.replace(/[\d\s()/-]+$/, '')}…`
}

/** The secrets worth searching for. */
export function searchable(secrets: readonly string[]): readonly string[] {
  return secrets.filter(secret => secret.length >= SHORTEST_SECRET)
}

/** Removes `known` secrets wherever they stand. */
export function withoutKnown(text: string, known: readonly string[]): string {
  let rest = text
  for (const secret of known) if (rest.includes(secret)) rest = rest.replaceAll(secret, REMOVED)
  return rest
}

/** Removes whatever looks like a password, a token or a key. */
export function withoutSecrets(text: string): string {
  if (!mayHoldSecret.test(text)) return text
  return text.replace(password, REMOVED).replace(scheme, REMOVED).replace(jwt, REMOVED).replace(pair, REMOVED)
}

/**
 * As `withoutSecrets`, but a text that speaks of a password at all is removed whole: nobody can know how it goes on.
 * Housr's answer tells how the tenant's first one is made (chapter "Success Response").
 */
export function withoutPasswords(text: string): string {
  // The word alone may be the name of a field.
  return passwordWord.test(text) && /\s/u.test(text) ? REMOVED : withoutSecrets(text)
}

/** Removes e-mail addresses and every number of six digits or more, however it is grouped. */
export function withoutPeople(text: string): string {
  const nameless = text.includes('@') ? text.replace(email, PERSONAL) : text
  return /\d/.test(nameless) ? nameless.replace(iban, DIGITS).replace(grouped, DIGITS) : nameless
}

/**
 * A provider's own words, fit for a problem and a log: one line of at most `max` characters that names no secret, no
 * e-mail address and no number of six digits or more (which takes phone numbers and bank details with it).
 */
export function redactText(text: string, known: readonly string[] = [], max = 300): string {
  const oneLine = storable(cut(withoutKnown(text, searchable(known)), LONGEST_READ)).replace(
    /[\s\uFFFD]+/gu,
    ' ',
  )
  return cut(withoutPeople(withoutSecrets(oneLine)).trim(), max)
}
