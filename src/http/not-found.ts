import type { FastifyInstance } from 'fastify'
import { ProblemError } from '#http/problem-error'

/** Answers 405 with `Allow` where the path exists with another method, else 404. Register before any route. */
export function answerUnknownPaths(app: FastifyInstance): void {
  const methods = new Map<string, { pattern: RegExp; allowed: Set<string> }>()
  app.addHook('onRoute', route => {
    const known = methods.get(route.url) ?? { pattern: patternOf(route.url), allowed: new Set<string>() }
    for (const method of [route.method].flat()) known.allowed.add(method)
    methods.set(route.url, known)
  })
  app.setNotFoundHandler(request => {
    const path = request.url.split('?', 1)[0] ?? ''
    const matches = [...methods.values()].filter(known => known.pattern.test(path))
    if (matches.length === 0) throw new ProblemError('not_found', 'There is no such path.')
    const allow = [...new Set(matches.flatMap(known => [...known.allowed]))].sort().join(', ')
    throw new ProblemError('method_not_allowed', `This path takes ${allow}.`, { headers: { allow } })
  })
}

function patternOf(url: string): RegExp {
  const source = url
    .replaceAll(/[.*+?^${}()|[\]\\]/g, match => (match === '*' ? '.*' : `\\${match}`))
    .replaceAll(/:\w+/g, '[^/]+')
  return new RegExp(`^${source}$`)
}
