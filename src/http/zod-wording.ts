import type { z } from 'zod'

type RawIssue = z.core.$ZodRawIssue

const KINDS: Readonly<Record<string, string>> = {
  array: 'an array',
  boolean: 'true or false',
  int: 'a whole number',
  number: 'a number',
  object: 'an object',
  record: 'an object',
  string: 'a string',
}

const FORMATS: Readonly<Record<string, string>> = {
  datetime: 'a time in UTC, as 2026-08-01T09:30:00Z',
  email: 'an e-mail address',
  url: 'a URL',
  uuid: 'a UUID',
}

/** What is counted of a value; null for numbers, which are compared themselves. */
const COUNTED: Readonly<Record<string, string | null>> = {
  array: 'entries',
  int: null,
  number: null,
  string: 'characters',
}

/** `bound` is "at least 2" or the like. */
function sizeWording(origin: string, bound: string): string | undefined {
  const counted = COUNTED[origin]
  if (counted === undefined) return undefined
  return counted === null ? `must be ${bound}` : `must have ${bound} ${counted}`
}

function named(names: Readonly<Record<string, string>>, name: string): string | undefined {
  const found = names[name]
  return found && `must be ${found}`
}

/** What a field must be, for whatever a schema has no words of its own; undefined leaves it to zod. */
export function zodWording(issue: RawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return named(KINDS, issue.expected)
    case 'invalid_format':
      return named(FORMATS, issue.format)
    case 'invalid_value':
      return `must be ${issue.values.length > 1 ? 'one of ' : ''}${issue.values.map(String).join(', ')}`
    case 'too_small':
      return sizeWording(
        issue.origin,
        `${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}`,
      )
    case 'too_big':
      return sizeWording(
        issue.origin,
        `${issue.inclusive === false ? 'less than' : 'at most'} ${issue.maximum}`,
      )
    default:
      return undefined
  }
}
