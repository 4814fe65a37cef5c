import { timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import type { Caller } from '#http/caller'
import { ProblemError } from '#http/problem-error'

/** A page to read: rows after (older than) `after`, at most `limit`. */
export interface PageRequest {
  readonly limit: number
  readonly after: string | null
}

export interface Page<T> {
  readonly object: 'list'
  readonly data: T[]
  readonly has_more: boolean
  readonly next_cursor: string | null
}

/** Signs and reads cursors, so that a tampered one, or one of another list or account, is refused. */
export interface Cursors {
  read(query: { limit?: number; cursor?: string }, list: string, caller: Caller): PageRequest
  page<T>(
    rows: readonly T[],
    request: PageRequest,
    list: string,
    caller: Caller,
    keyOf: (row: T) => string,
  ): Page<T>
}

const DEFAULT_LIMIT = 25
const MAC_BYTES = 16
const Position = z.tuple([z.string().max(200)])

const foreignCursor = () =>
  new ProblemError('malformed_request', 'The cursor is not one that this list gave to you.')

export function createCursors(mac: (data: string) => Buffer): Cursors {
  const sign = (text: string, list: string, caller: Caller) =>
    mac([caller.accountId, caller.mode, list, text].join('\n')).subarray(0, MAC_BYTES)

  function decode(cursor: string, list: string, caller: Caller): string {
    const bytes = Buffer.from(cursor, 'base64url')
    // Node skips what is no base64: only the one spelling that was given out counts.
    if (bytes.toString('base64url') !== cursor) throw foreignCursor()
    const text = bytes.subarray(MAC_BYTES).toString('utf8')
    const given = bytes.subarray(0, MAC_BYTES)
    if (given.length === MAC_BYTES && timingSafeEqual(given, sign(text, list, caller))) {
      const position = Position.safeParse(JSON.parse(text))
      if (position.success) return position.data[0]
    }
    throw foreignCursor()
  }

  return {
    read: ({ limit = DEFAULT_LIMIT, cursor }, list, caller) => ({
      limit,
      after: cursor === undefined ? null : decode(cursor, list, caller),
    }),
    page(rows, request, list, caller, keyOf) {
      const data = rows.slice(0, request.limit)
      const last = data.at(-1)
      const more = rows.length > request.limit && last !== undefined
      if (!more) return { object: 'list', data, has_more: false, next_cursor: null }
      const text = JSON.stringify([keyOf(last)])
      const cursor = Buffer.concat([sign(text, list, caller), Buffer.from(text)]).toString('base64url')
      return { object: 'list', data, has_more: true, next_cursor: cursor }
    },
  }
}
