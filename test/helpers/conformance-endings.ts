import { effectOf } from '#providers/port/seal'
import type { ProviderErrorFacts } from '#providers/provider-error'
import { accessTo } from '#test/conformance-access'
import type { Case } from '#test/conformance-cases'
import { bankAccount } from '#test/conformance-inputs'
import type { Behaviour } from '#test/upstream'
import { answers, answersJson, answersPage, cutsBody, hangsUp } from '#test/upstream'

/** A way in which a provider may meet a call that has reached it. */
export interface Ending {
  readonly name: string
  readonly behaves: (example: Case) => Behaviour
  readonly told: Pick<ProviderErrorFacts, 'code' | 'outcome'> & Partial<ProviderErrorFacts>
  /** How often the provider hears of the call. */
  readonly sent: (example: Case) => number
}

/** The most for a call that may be repeated; never twice for any other that may have been carried out. */
export const mostSent = ({ operation }: Case) => (effectOf(operation) === 'repeatable' ? 3 : 1)

const once = () => 1

/** A token that is refused is renewed once, and the call, which was not carried out, repeated. */
const onceMoreWithToken = ({ provider }: Case) => (accessTo[provider].tokenPath === null ? 1 : 2)

/** A body that repeats the credentials and bank details that it was sent, as debugging servers do. */
function answersEchoing(status: number, body: object, headers: Record<string, string> = {}): Behaviour {
  return (socket, request) => {
    const { authorization = '', 'x-api-key': key = '' } = request.headers
    const heard = `${authorization} ${key} ${bankAccount.account_number} ${bankAccount.sort_code}`
    const message = 'message' in body ? { message: `${String(body.message)} ${heard}` } : {}
    return answersJson({ ...body, ...message, heard, body: request.body }, status, headers)(socket, request)
  }
}

const ANOTHER_SHAPE = 'an answer of another shape'

const broken = { code: 'provider_error', outcome: 'unknown', status: 200 } as const

const allEndings: readonly Ending[] = [
  { name: 'a page in place of an answer', behaves: () => answersPage(), told: broken, sent: mostSent },
  { name: 'no JSON', behaves: () => answers(200, '{"data":'), told: broken, sent: mostSent },
  {
    name: 'an answer that is cut off',
    behaves: ({ answers: [answer] }) => cutsBody(JSON.stringify(answer).slice(0, -1), 90_000),
    told: broken,
    sent: mostSent,
  },
  {
    // The next one would be no better.
    name: ANOTHER_SHAPE,
    behaves: () => answersEchoing(200, { data: { surprise: true }, packages: 'none' }),
    told: broken,
    sent: once,
  },
  {
    name: 'a failure after it was carried out',
    behaves: () => answersEchoing(500, { message: 'Server Error' }),
    told: { code: 'provider_error', outcome: 'unknown', status: 500 },
    sent: mostSent,
  },
  {
    name: 'an outage',
    behaves: () => answersPage(503),
    told: { code: 'provider_unavailable', outcome: 'unknown', status: 503 },
    sent: mostSent,
  },
  {
    name: 'silence, the connection being closed',
    behaves: () => hangsUp,
    told: { code: 'provider_unavailable', outcome: 'unknown' },
    sent: mostSent,
  },
  {
    name: 'a refusal of what it points to',
    behaves: () => answersEchoing(404, { message: 'Not found.' }),
    told: { code: 'provider_rejected', outcome: 'refused', status: 404 },
    sent: once,
  },
  {
    name: 'a refusal of the credentials',
    behaves: ({ provider }) => answersEchoing(401, accessTo[provider].unauthorized),
    told: { code: 'provider_auth_failed', outcome: 'refused', status: 401 },
    sent: onceMoreWithToken,
  },
  {
    name: 'a refusal of the permission',
    behaves: () => answersEchoing(403, { message: 'Forbidden.' }),
    told: { code: 'provider_auth_failed', outcome: 'refused', status: 403 },
    sent: once,
  },
  {
    name: 'a limit used up for longer than anybody waits',
    behaves: () => answersEchoing(429, { message: 'Too Many Attempts.' }, { 'retry-after': '60' }),
    told: { code: 'rate_limited', outcome: 'not_sent', status: 429, retryAfterMs: 60_000 },
    sent: once,
  },
]

/** All that a case may meet. */
export function endingsFor({ anyAnswer }: Case): readonly Ending[] {
  return allEndings.filter(({ name }) => !(anyAnswer && name === ANOTHER_SHAPE))
}
