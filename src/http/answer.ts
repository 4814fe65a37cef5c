import type { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import type { z } from 'zod'

/** A finished answer: the bytes that are sent are the bytes that are stored for a replay. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** An answer that is passed on as it comes in; never stored, so never replayed. */
export interface FileAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly file: Readable
}

/** The answer to every DELETE that has been done. */
export const NO_CONTENT: Answer = { status: 204, headers: {}, body: '' }

const JSON_TYPE = 'application/json; charset=utf-8'

/** Checks and serialises a value once. Throws ZodError when the value is not what the contract promises. */
export function respond<S extends z.ZodType>(
  schema: S,
  value: z.input<S>,
  { status = 200, headers = {} }: { status?: number; headers?: Readonly<Record<string, string>> } = {},
): Answer {
  return {
    status,
    headers: { 'content-type': JSON_TYPE, ...headers },
    body: JSON.stringify(schema.parse(value)),
  }
}

export function send(reply: FastifyReply, answer: Answer | FileAnswer): FastifyReply {
  if ('file' in answer)
    return reply
      .code(answer.status)
      .headers({ ...answer.headers })
      .send(answer.file)
  return reply
    .code(answer.status)
    .headers({ ...answer.headers })
    .serializer((body: string) => body)
    .send(answer.body)
}
