import type { z } from 'zod'

/** Errors by dotted field, as Laravel writes them: both Homebox and One Utility Bill answer so. */
export type FieldErrors = Readonly<Record<string, readonly string[]>>

type Issue = z.core.$ZodIssue

const TYPES: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'an integer',
  int: 'an integer',
  boolean: 'true or false',
  array: 'an array',
  object: 'an array',
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    input,
  )
}

function sized(issue: Extract<Issue, { code: 'too_small' | 'too_big' }>): string {
  const bound = issue.code === 'too_small' ? issue.minimum : issue.maximum
  const least = issue.code === 'too_small' ? 'be at least' : 'not be greater than'
  if (issue.origin === 'string') return `must ${least} ${bound} characters.`
  if (issue.origin === 'array') return `must ${least.replace('be', 'have')} ${bound} items.`
  return `must ${least} ${bound}.`
}

function wording(issue: Issue, attribute: string, subject: string, missing: boolean): string {
  if (missing && issue.code !== 'custom') return `${subject} is required.`
  switch (issue.code) {
    case 'invalid_type':
      return `${subject} must be ${TYPES[issue.expected] ?? 'valid'}.`
    case 'too_small':
    case 'too_big':
      return `${subject} ${sized(issue)}`
    case 'invalid_value':
      return `The selected ${attribute} is invalid.`
    case 'custom':
      return issue.message.replace(':attribute', attribute)
    default:
      return `${subject} format is invalid.`
  }
}

/**
 * Words what zod found as Laravel does. `noun` stands after the field's name: newer versions write "The postcode field
 * is required.", older ones "The postcode is required.".
 */
export function laravelErrors(error: z.ZodError, input: unknown, noun: ' field' | ''): FieldErrors {
  const errors: Record<string, string[]> = {}
  const add = (path: readonly PropertyKey[], say: (attribute: string) => string) => {
    const field = path.map(String).join('.')
    const list = Object.hasOwn(errors, field) ? errors[field] : undefined
    const text = say(field.replaceAll('_', ' '))
    if (list) list.push(text)
    else errors[field] = [text]
  }
  for (const issue of error.issues) {
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys) add([...issue.path, key], name => `The ${name}${noun} is prohibited.`)
      continue
    }
    const value = valueAt(input, issue.path)
    const missing = value === undefined || value === null || value === ''
    add(issue.path, name => wording(issue, name, `The ${name}${noun}`, missing))
  }
  return errors
}

/** The first error, and how many more there are. */
export function laravelMessage(errors: FieldErrors): string {
  const all = Object.values(errors).flat()
  const more = all.length - 1
  const rest = more > 0 ? ` (and ${more} more ${more === 1 ? 'error' : 'errors'})` : ''
  return `${all[0] ?? 'The given data was invalid.'}${rest}`
}
