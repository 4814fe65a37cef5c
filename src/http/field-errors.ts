import type { z } from 'zod'
import type { FieldError } from '#contract/common'

type Issue = z.core.$ZodIssue

/** A JSON Pointer (RFC 6901) to where a path leads. */
export function pointerOf(path: readonly PropertyKey[]): string {
  return path.map(part => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

const SIZE_CODES: Readonly<Record<string, string>> = { too_small: 'too_small', too_big: 'too_big' }

function codeOf(issue: Issue): string {
  if (issue.code === 'custom') {
    const named: unknown = issue.params?.['code']
    return typeof named === 'string' ? named : 'invalid'
  }
  if (issue.code === 'invalid_type') return issue.input === undefined ? 'required' : 'invalid_type'
  return SIZE_CODES[issue.code] ?? issue.code
}

function messageOf(issue: Issue, code: string): string {
  return code === 'required' ? 'is required' : issue.message
}

function fieldErrorsOf(issue: Issue, base: readonly PropertyKey[]): FieldError[] {
  const path = [...base, ...issue.path]
  // zod reports unknown keys at their parent and the branches of a union one level down.
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map(key => ({
      pointer: pointerOf([...path, key]),
      code: 'unknown_field',
      message: 'is not a known field',
    }))
  if (issue.code === 'invalid_union') {
    const nearest = issue.errors.toSorted((one, other) => one.length - other.length)[0] ?? []
    if (nearest.length > 0) return nearest.flatMap(inner => fieldErrorsOf(inner, path))
  }
  const code = codeOf(issue)
  return [{ pointer: pointerOf(path), code, message: messageOf(issue, code) }]
}

/** zod's issues in our words, with pointers into the request. Values never stand in them. */
export function fieldErrors(issues: readonly Issue[]): FieldError[] {
  return issues.flatMap(issue => fieldErrorsOf(issue, [])).slice(0, 50)
}
