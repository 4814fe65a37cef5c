import { z } from 'zod'
import {
  inferredTable,
  type OperationTable,
  operationRows,
  placeholdersOf,
  type RowName,
  isRowName,
} from '#providers/mybeezbox/operation-table'

const PATH = /^\/(?:(?:[\w.~-]+|\{\w+\})\/?)*$/

function pathLike(inferredPath: string) {
  const wanted = placeholdersOf(inferredPath).toSorted()
  const named = wanted.length > 0 ? wanted.map(name => `{${name}}`).join(' and ') : 'no name in braces'
  return z
    .string({ error: 'must be a text' })
    .regex(PATH, { error: 'must be a path such as /vouchers/{id}/' })
    .refine(path => JSON.stringify(placeholdersOf(path).toSorted()) === JSON.stringify(wanted), {
      error: `must hold ${named}`,
    })
}

const Method = z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'], {
  error: 'must be GET, POST, PUT, PATCH or DELETE',
})
const Rows = z.record(z.string(), z.object({ method: Method, path: z.string() }))

function rowLike(name: RowName) {
  return z
    .strictObject(
      { method: Method, path: pathLike(operationRows[name].path) },
      { error: issue => (issue.code === 'invalid_type' ? 'must be { "method", "path" }' : undefined) },
    )
    .exactOptional()
}

/** What a deployment may say of the table: `auth.scheme`, and operations by name. */
const OperationsFile = z.strictObject(
  {
    'auth.scheme': z
      .string({ error: 'must be a text' })
      .regex(/^[\w-]{1,40}$/, { error: 'must be one word' })
      .exactOptional(),
    ...Object.fromEntries(
      Object.keys(operationRows)
        .filter(isRowName)
        .map(name => [name, rowLike(name)]),
    ),
  },
  { error: issue => (issue.code === 'invalid_type' ? 'must be an object' : undefined) },
)

export type OperationsRead =
  | { readonly table: OperationTable }
  /** One line for each mistake. */
  | { readonly mistakes: readonly string[] }

function linesOf(issue: z.core.$ZodIssue): string[] {
  const place = issue.path.length > 0 ? `${issue.path.map(String).join(' ')} ` : ''
  if (issue.code !== 'unrecognized_keys') return [`${place}${issue.message}`]
  const what = issue.path.length === 0 ? 'is no operation of MyBeezBox' : 'is not known here'
  return issue.keys.map(key => `${place}${key} ${what}`)
}

function jsonOf(text: string): { value: unknown } | null {
  try {
    return { value: JSON.parse(text) }
  } catch {
    return null
  }
}

/** Lays what a deployment knows over the inferred table: a row that it names is confirmed by that. */
export function readOperationsFile(text: string): OperationsRead {
  const json = jsonOf(text)
  if (!json) return { mistakes: ['is no JSON'] }
  const read = OperationsFile.safeParse(json.value)
  if (!read.success) return { mistakes: read.error.issues.flatMap(linesOf) }
  const { 'auth.scheme': scheme = inferredTable.scheme, ...given } = read.data
  const confirmed = Object.fromEntries(
    Object.entries(Rows.parse(given)).map(([name, row]) => [name, { ...row, confirmed: true }]),
  )
  return { table: { scheme, rows: { ...operationRows, ...confirmed } } }
}
