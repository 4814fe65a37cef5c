import { z } from 'zod'
import { summaries } from '#cli/providers/mybeezbox-summaries'
import { isRowName, operationRows, placeholdersOf, type RowName } from '#providers/mybeezbox/operation-table'

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const

const Described = z
  .object({ operationId: z.string(), summary: z.string(), deprecated: z.boolean() })
  .partial()
  .catch({})

const PathItem = z
  .object({ get: Described, post: Described, put: Described, patch: Described, delete: Described })
  .partial()
  .catch({})

/** As much of an OpenAPI file as tells at which paths what is done. */
export const OpenapiFile = z.object({
  servers: z
    .array(z.object({ url: z.string() }))
    .optional()
    .catch(undefined),
  paths: z.record(z.string(), PathItem),
})

interface Candidate {
  readonly method: string
  readonly path: string
  readonly operationId: string
  readonly summary: string
}

export interface Matches {
  readonly rows: Readonly<Partial<Record<RowName, { method: string; path: string }>>>
  /** One line for each operation that was not found, and why. */
  readonly missed: readonly string[]
}

const plain = (text: string) => text.toLowerCase().replaceAll(/[^a-z0-9]/g, '')

/** A path whatever its parameters are called, and whether a slash ends it. */
const shapeOf = (path: string) => path.replaceAll(/\{[^}]*\}/g, '{}').replace(/\/$/, '')

function candidatesIn({ paths }: z.output<typeof OpenapiFile>): Candidate[] {
  return Object.entries(paths).flatMap(([path, described]) =>
    methods.flatMap(method => {
      const found = described[method]
      if (!found || found.deprecated === true) return []
      const { operationId = '', summary = '' } = found
      return [{ method: method.toUpperCase(), path, operationId, summary }]
    }),
  )
}

/** The ways to recognise an operation, the surest first. */
const recognises: readonly ((name: RowName, candidate: Candidate) => boolean)[] = [
  (name, { method, path }) =>
    method === operationRows[name].method && shapeOf(path).endsWith(shapeOf(operationRows[name].path)),
  (name, { operationId }) => plain(operationId) === plain(name),
  (name, { summary }) => plain(summary) === plain(summaries[name]),
]

/** The path with its parameters under the names that we fill in; null when they are not as many. */
function inOurNames(name: RowName, path: string): string | null {
  const ours = placeholdersOf(operationRows[name].path)
  const parts = path.split(/\{[^}]*\}/)
  if (parts.length !== ours.length + 1) return null
  return parts.map((part, index) => `${part}${ours[index] === undefined ? '' : `{${ours[index]}}`}`).join('')
}

type Found = { readonly method: string; readonly path: string } | string

function findRow(name: RowName, candidates: readonly Candidate[]): Found {
  for (const isIt of recognises) {
    const found = candidates.filter(candidate => isIt(name, candidate))
    const [one] = found
    if (!one) continue
    if (found.length > 1) return `may be ${found.map(({ method, path }) => `${method} ${path}`).join(' or ')}`
    const path = inOurNames(name, one.path)
    return path === null ? `${one.method} ${one.path} takes other parameters` : { method: one.method, path }
  }
  return 'is not there'
}

/** The operations that an OpenAPI file tells the method and path of. */
export function matchOperations(file: z.output<typeof OpenapiFile>): Matches {
  const candidates = candidatesIn(file)
  const rows: Partial<Record<RowName, { method: string; path: string }>> = {}
  const missed: string[] = []
  for (const name of Object.keys(operationRows).filter(isRowName)) {
    const found = findRow(name, candidates)
    if (typeof found === 'string') missed.push(`${name} ${found}`)
    else rows[name] = found
  }
  return { rows, missed }
}
