import { z } from 'zod'
import type { ProblemCode } from '#contract/problems'
import { ProblemError } from '#http/problem-error'

const Coded = z.object({ code: z.string(), statusCode: z.number().exactOptional() })

/** What Fastify and Node themselves refuse: their code → our problem. */
const raised: Readonly<Record<string, readonly [ProblemCode, string]>> = {
  FST_ERR_BAD_URL: ['malformed_request', 'The URL is not valid.'],
  FST_ERR_CTP_BODY_TOO_LARGE: ['payload_too_large', 'The body is larger than is taken here.'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: [
    'unsupported_media_type',
    'The body is of a content type that is not taken here.',
  ],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: ['malformed_request', 'Content-Length does not match the body.'],
  FST_ERR_MAX_PARAM_LENGTH: ['not_found', 'There is no such path.'],
  ERR_HTTP_REQUEST_TIMEOUT: ['request_timeout', 'The request took too long to arrive.'],
  HPE_HEADER_OVERFLOW: ['headers_too_large', 'The request headers are too large.'],
}

/** The problem for an error that Fastify or Node raised; null when it is none of theirs. */
export function fastifyProblem(err: unknown): ProblemError | null {
  const known = Coded.safeParse(err)
  if (!known.success) return null
  const { code, statusCode } = known.data
  const found = raised[code]
  if (found) return new ProblemError(found[0], found[1])
  if (code.startsWith('HPE_')) return new ProblemError('malformed_request', 'The request is not valid HTTP.')
  // Fastify marks what breaks while it reads a body; the same code without the mark is somebody else's connection.
  const cutOff = code === 'ECONNRESET' && statusCode === 400
  return cutOff ? new ProblemError('malformed_request', 'The request was cut off.') : null
}
