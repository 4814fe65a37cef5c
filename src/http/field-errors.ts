import type { z } from 'zod'
import type { FieldError } from '#contract/vocabulary'

type Issue = z.core.$ZodIssue

/** A JSON Pointer (RFC 6901) to where a path leads. */
export function pointerOf(path: readonly PropertyKey[]): string {
  return path.map(part => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

function isMissing(issue: Issue): boolean {
  // What is no instance of a class is a custom issue once zod has copied the schema.
  if (issue.code === 'custom')
    return issue.params === undefined && 'input' in issue && issue.input === undefined
  return issue.code === 'invalid_type' && (issue.input === undefined || issue.input === null)
}

function codeOf(issue: Issue): string {
  if (isMissing(issue)) return 'required'
  if (issue.code !== 'custom') return issue.code
  const named: unknown = issue.params?.['code']
  return typeof named === 'string' ? named : 'invalid'
}

function messageOf(issue: Issue): string {
  if (isMissing(issue)) return 'is required'
  if (issue.code === 'invalid_key') return `its name ${issue.issues[0]?.message ?? 'is invalid'}`
  return issue.message
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
  return [{ pointer: pointerOf(path), code: codeOf(issue), message: messageOf(issue) }]
}

/** zod's first 50 issues in our words, each once, with pointers into the request. Values never stand in them. */
export function fieldErrors(issues: readonly Issue[]): FieldError[] {
  const all = issues.flatMap(issue => fieldErrorsOf(issue, [])).slice(0, 50)
  const isSame = (one: FieldError, other: FieldError) =>
    one.pointer === other.pointer && one.code === other.code
  return all.filter((field, index) => all.findIndex(other => isSame(field, other)) === index)
}
