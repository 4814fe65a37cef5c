import type { FastifyInstance, RouteOptions } from 'fastify'
import { z } from 'zod'
import type { Caller } from '#http/caller'
import { ProblemError } from '#http/problem-error'

declare module 'fastify' {
  interface FastifyInstance {
    /** Every scope that opens something: those that a route asks for, and those of administrators. */
    readonly scopes: ReadonlySet<string>
  }
}

const ADMIN_ONLY = ['accounts', 'connections', 'api_keys', 'people', 'audit_log']
const READS = ['GET', 'HEAD']

/** Whether a method changes nothing. */
export function isRead(method: string): boolean {
  return READS.includes(method)
}

/** The scope of a route: first path segment with `-` as `_`, and `read` or `write`. */
export function scopeOf(path: string, reads: boolean): string {
  const segment = (path.split('/')[2] ?? '').replaceAll('-', '_')
  if (path === '/v1/accounts' && !reads) return 'platform'
  return ADMIN_ONLY.includes(segment) ? 'admin' : `${segment}:${reads ? 'read' : 'write'}`
}

function scopesOf({ url, method, schema }: RouteOptions): readonly string[] {
  const query = schema?.querystring
  const previews = query instanceof z.ZodObject && 'preview' in query.shape
  const ofMethods = [method].flat().map(name => scopeOf(url, isRead(name)))
  return previews ? [...ofMethods, scopeOf(url, true)] : ofMethods
}

/** Notes the scopes of the routes that are registered after it, as `app.scopes`. */
export function noteScopes(app: FastifyInstance): void {
  const scopes = new Set(['admin', 'platform'])
  app.decorate('scopes', scopes)
  app.addHook('onRoute', route => {
    if (!route.url.startsWith('/v1/') || route.config?.open) return
    for (const scope of scopesOf(route)) scopes.add(scope)
  })
}

/** `admin` implies every scope but `platform`. */
function has(caller: Caller, scope: string): boolean {
  return (scope !== 'platform' && caller.scopes.includes('admin')) || caller.scopes.includes(scope)
}

/** Throws `forbidden` when the key lacks the scope. */
export function demandScope(caller: Caller, scope: string): void {
  if (!has(caller, scope)) throw new ProblemError('forbidden', `This key lacks the scope ${scope}.`)
}
