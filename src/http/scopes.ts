import type { Caller } from '#http/caller'
import { ProblemError } from '#http/problem-error'

const ADMIN_ONLY = ['accounts', 'connections', 'api_keys', 'people', 'audit_log']

/** The scope of a route: first path segment with `-` as `_`, and `read` or `write`. */
export function scopeOf(path: string, reads: boolean): string {
  const segment = (path.split('/')[2] ?? '').replaceAll('-', '_')
  if (path === '/v1/accounts' && !reads) return 'platform'
  return ADMIN_ONLY.includes(segment) ? 'admin' : `${segment}:${reads ? 'read' : 'write'}`
}

/** `admin` implies every scope but `platform`. Throws `forbidden` when the key lacks the scope. */
export function demandScope(caller: Caller, scope: string): void {
  const admin = scope !== 'platform' && caller.scopes.includes('admin')
  if (admin || caller.scopes.includes(scope)) return
  throw new ProblemError('forbidden', `This key lacks the scope ${scope}.`)
}
