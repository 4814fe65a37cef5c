import { setTimeout as wait } from 'node:timers/promises'
import type { FastifyReply } from 'fastify'
import type { Answer, Dialect, Endpoint } from '#simulators/core/endpoint'
import type { Fault } from '#simulators/core/faults'

type Headers = Readonly<Record<string, string>>

const PAGE =
  '<!doctype html><html><head><title>Maintenance</title></head><body><h1>Be right back.</h1></body></html>'

function textOf(answer: Answer): string {
  return answer.text ?? JSON.stringify(answer.body)
}

export function send(reply: FastifyReply, answer: Answer, headers: Headers): FastifyReply {
  return reply
    .code(answer.status)
    .headers({ ...headers, 'content-type': 'application/json', ...answer.headers })
    .send(textOf(answer))
}

/** The connection ends in the middle of a body whose full length was announced. */
function sendHalf(reply: FastifyReply, answer: Answer, headers: Headers): void {
  const bytes = Buffer.from(textOf(answer))
  reply.hijack()
  reply.raw.writeHead(answer.status, {
    ...headers,
    'content-type': 'application/json',
    ...answer.headers,
    'content-length': bytes.length,
  })
  reply.raw.write(bytes.subarray(0, bytes.length >> 1), () => reply.raw.destroy())
}

function mapObjects(value: unknown, change: (entries: [string, unknown][]) => [string, unknown][]): unknown {
  if (Array.isArray(value)) return value.map(item => mapObjects(item, change))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, item]): [string, unknown] => [
    key,
    mapObjects(item, change),
  ])
  return Object.fromEntries(change(entries))
}

function renamed(answer: Answer, [from, to]: readonly [string, string]): Answer {
  const rename = (entries: [string, unknown][]) =>
    entries.map(([key, item]): [string, unknown] => [key === from ? to : key, item])
  return { ...answer, body: mapObjects(answer.body, rename) }
}

function extended(answer: Answer): Answer {
  return {
    ...answer,
    body: mapObjects(answer.body, entries => [...entries, ['added_in_2031', { beta: true }]]),
  }
}

/** The answer with its body as a value, to be changed. */
function opened({ text, ...answer }: Answer): Answer {
  const isJson = text !== undefined && answer.headers?.['content-type'] === undefined
  return isJson ? { ...answer, body: JSON.parse(text) } : { ...answer, ...(text !== undefined && { text }) }
}

function instead(fault: Fault, dialect: Dialect): Answer | null {
  switch (fault.name) {
    case 'refused':
      return dialect.refused()
    case 'unauthorized':
      return dialect.unauthorized()
    case 'forbidden':
      return dialect.forbidden()
    case 'rate-limited':
      return dialect.rateLimited(fault.ms)
    case 'error':
    case 'applied-error':
      return dialect.error()
    case 'unavailable':
      return dialect.unavailable()
    default:
      return null
  }
}

/** What the client sees of an ordinary request that was struck by a fault. */
export async function sendFaulty(
  reply: FastifyReply,
  fault: Fault,
  given: { answer: Answer; headers: Headers; dialect: Dialect; endpoint: Endpoint },
): Promise<FastifyReply> {
  const { headers } = given
  const answer = opened(given.answer)
  const other = instead(fault, given.dialect)
  if (other) return send(reply, other, headers)
  switch (fault.name) {
    case 'html':
      return reply.code(200).headers(headers).type('text/html; charset=UTF-8').send(PAGE)
    case 'hang':
      return reply.hijack()
    case 'cut-before':
      reply.hijack()
      reply.raw.socket?.resetAndDestroy()
      return reply
    case 'answer-lost':
      reply.hijack()
      reply.raw.destroy()
      return reply
    case 'cut-body':
      sendHalf(reply, answer, headers)
      return reply
    case 'slow':
      await wait(fault.ms, undefined, { ref: false })
      return send(reply, answer, headers)
    case 'renamed-field':
      return send(reply, renamed(answer, given.endpoint.renamed), headers)
    case 'extra-fields':
      return send(reply, extended(answer), headers)
    default:
      return send(reply, answer, headers)
  }
}
