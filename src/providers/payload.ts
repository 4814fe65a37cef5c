import type { RunTrace } from '#providers/call-scope'
import { redactPayload } from '#providers/redact'

const LARGEST_PAYLOAD = 256 * 1024

/** A provider's own answer as its owner may see it: bank details, passwords and tokens removed. */
export interface Payload {
  readonly fetchedAt: Date
  readonly data: unknown
}

/** The latest JSON answer of a run, or null when there was none or it is over 256 KB. */
export function payloadOf({ latest, secrets }: RunTrace): Payload | null {
  if (!latest) return null
  const data = redactPayload(latest.body, [...secrets])
  const size = Buffer.byteLength(JSON.stringify(data))
  return size > LARGEST_PAYLOAD ? null : { fetchedAt: latest.fetchedAt, data }
}
