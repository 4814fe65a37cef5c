import { Webhook } from 'standardwebhooks'

/** What is signed: the id stays over all attempts, the time is the attempt's own. */
export interface Message {
  readonly id: string
  readonly at: Date
  readonly body: string
}

/** The headers of Standard Webhooks, with a signature for each secret that is valid. */
export function signatureHeaders(
  { id, at, body }: Message,
  secrets: readonly string[],
): Readonly<Record<string, string>> {
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
    'webhook-signature': secrets.map(secret => new Webhook(secret).sign(id, at, body)).join(' '),
  }
}
