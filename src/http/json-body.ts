import type { FastifyInstance, FastifyRequest } from 'fastify'
import { parse } from 'secure-json-parse'
import { ProblemError } from '#http/problem-error'

/** No request of the contract nests deeper than 8; far beyond that somebody is testing the stack. */
const MAX_DEPTH = 32

function tooDeep(value: unknown, depth = 0): boolean {
  if (typeof value !== 'object' || value === null) return false
  return depth >= MAX_DEPTH || Object.values(value).some(inner => tooDeep(inner, depth + 1))
}

function parseJson(text: string): unknown {
  try {
    return parse(text, { protoAction: 'error', constructorAction: 'error' })
  } catch (cause) {
    const detail =
      cause instanceof SyntaxError && cause.message.includes('forbidden prototype')
        ? 'The body carries a prototype key.'
        : 'The body is not valid JSON.'
    throw new ProblemError('malformed_request', detail, { cause })
  }
}

/** JSON bodies: an empty one is `null`, prototype keys and deep nesting are refused. */
export function useJsonBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'string' },
    async (_request: FastifyRequest, body: string | Buffer) => {
      if (body.length === 0) return null
      const value = parseJson(String(body))
      if (tooDeep(value)) throw new ProblemError('malformed_request', 'The body is nested too deeply.')
      return value
    },
  )
}
