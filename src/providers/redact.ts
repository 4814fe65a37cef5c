import type { Kind } from '#providers/redact-keys'
import { isAboutPerson } from '#providers/redact-keys'
import { PERSONAL, REMOVED, withoutPasswords, withoutPeople, withoutSecrets } from '#providers/redact-text'
import type { Policy } from '#providers/redact-walk'
import { walk } from '#providers/redact-walk'
import { masked } from '#values/bank-account'

const isUuid = (text: string) => /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text)
const isDate = (text: string) =>
  /^\d\d\/\d\d\/(\d\d){1,2}$/.test(text) ||
  /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d{1,2}(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/.test(text)
const isShortId = (text: string) => /^[\w-]{1,64}$/.test(text)

/** Says no more than that something is there, or is not. */
const isFlag = (value: unknown) => value === null || typeof value === 'boolean'

const clean = (text: string) => withoutPeople(withoutPasswords(text))

function cleanUnlessHarmless(text: string, kind: Kind): string {
  const cleaned = clean(text)
  const harmless = cleaned !== text && (isUuid(text) || isDate(text) || (kind === 'id' && isShortId(text)))
  return harmless ? text : cleaned
}

const forLog: Policy = {
  depth: 8,
  items: 20,
  text: 500,
  nodes: 400,
  field: (kind, value, keys) => {
    if (isFlag(value)) return undefined
    if (kind === 'secret' || kind === 'bank') return REMOVED
    if (kind === 'personal') return PERSONAL
    if (kind === 'person' && typeof value !== 'number') return PERSONAL
    return kind === 'name' && typeof value === 'string' && isAboutPerson(keys) ? PERSONAL : undefined
  },
  string: cleanUnlessHarmless,
  number: (value, kind) => (kind === 'id' || Math.abs(value) < 100_000 ? value : clean(String(value))),
}

const forOwner: Policy = {
  depth: 40,
  items: 5_000,
  text: 50_000,
  nodes: 50_000,
  field: (kind, value) => (!isFlag(value) && (kind === 'secret' || kind === 'bank') ? REMOVED : undefined),
  string: withoutPasswords,
  number: value => value,
}

const forPreview: Policy = {
  ...forOwner,
  field: (kind, value) => (kind === 'secret' && !isFlag(value) ? REMOVED : undefined),
  string: (text, kind) => (kind === 'bank' ? masked(text) : withoutSecrets(text)),
  number: (value, kind) => (kind === 'bank' ? masked(String(value)) : value),
}

/**
 * A body for the call log: no secret, no bank detail, and nothing that tells who a person is; addresses of properties
 * and the providers' ids stay, so that a call can be understood. Never throws, whatever the body holds.
 */
export function redactForLog(body: unknown, secrets: readonly string[]): unknown {
  return walk(body, secrets, forLog)
}

/**
 * A provider's answer as its owner may see it (`include=provider_data`): people's data stays, bank details, passwords
 * and tokens are taken out. Never throws.
 */
export function redactPayload(body: unknown, secrets: readonly string[]): unknown {
  return walk(body, secrets, forOwner)
}

/** A request body as a preview shows it to the one who asked: bank details masked, secrets removed. */
export function maskForPreview(body: unknown, secrets: readonly string[]): unknown {
  return walk(body, secrets, forPreview)
}
