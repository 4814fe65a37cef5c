import { z } from 'zod'
import { WrongUsage } from '#cli/command-failure'
import { openapiDocument } from '#cli/openapi'
import { scopeOf } from '#http/scopes'

const Document = z.object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) })

/** Every scope that a route asks for, and those of administrators. */
async function knownScopes(): Promise<Set<string>> {
  const { paths } = Document.parse(JSON.parse(await openapiDocument()))
  const ofRoutes = Object.entries(paths)
    .filter(([path]) => path.startsWith('/v1/'))
    .flatMap(([path, methods]) => Object.keys(methods).map(method => scopeOf(path, method === 'get')))
  return new Set(['admin', 'platform', ...ofRoutes])
}

/** A misspelt scope would give a key that opens nothing. Throws WrongUsage. */
export async function demandKnownScopes(scopes: readonly string[]): Promise<void> {
  const known = await knownScopes()
  const unknown = scopes.filter(scope => !known.has(scope))
  if (unknown.length === 0) return
  throw new WrongUsage(
    `there is no scope ${unknown.join(', ')}; there are ${[...known].toSorted().join(', ')}`,
  )
}
