import { WrongUsage } from '#cli/command-failure'
import { withRoutes } from '#cli/openapi'

/** A misspelt scope would give a key that opens nothing. Throws WrongUsage. */
export async function demandKnownScopes(scopes: readonly string[]): Promise<void> {
  const known = await withRoutes(app => app.scopes)
  const unknown = scopes.filter(scope => !known.has(scope))
  if (unknown.length === 0) return
  throw new WrongUsage(
    `there is no scope ${unknown.join(', ')}; there are ${[...known].toSorted().join(', ')}`,
  )
}
