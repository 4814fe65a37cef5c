import type { ProviderId } from '#contract/vocabulary'
import { fixture } from '#test/fixture'

/** How one presents oneself at a provider, and how it says no. */
export interface Access {
  readonly credentials: Readonly<Record<string, string>>
  /** What must be seen nowhere but on the wire. */
  readonly secrets: readonly string[]
  /** Where access tokens come from; null where the credentials go with each request. */
  readonly tokenPath: string | null
  /** Each token is another one. */
  readonly tokenAnswer: (number: number) => unknown
  /** The refusal of a request, naming these fields of it where the provider names fields at all. */
  readonly refusal: (fields: readonly string[]) => { readonly status: number; readonly body: object }
  readonly unauthorized: object
}

const ACCESS_TOKEN = 'oub-access-41d8'
const BEEZ_TOKEN = 'mbb-token-77c0'

const noToken = { tokenPath: null, tokenAnswer: () => ({}) }

/** Laravel's body: a message, and messages by field. */
function invalid(fields: readonly string[]) {
  const errors = Object.fromEntries(fields.map(field => [field, [`The ${field} is invalid.`]]))
  return { message: 'The given data was invalid.', errors }
}

/** Messages by field, nested as the request is. */
function nested(fields: readonly string[]): object {
  const body: Record<string, unknown> = {}
  for (const field of fields) {
    const steps = field.split('.')
    const last = steps.pop() ?? ''
    let at: object = body
    for (const step of steps) at = childOf(at, step)
    Reflect.set(at, last, [`The ${field} is invalid.`])
  }
  return body
}

/** What stands there, or a new object in place of what is none. */
function childOf(parent: object, step: string): object {
  const found: unknown = Reflect.get(parent, step)
  if (typeof found === 'object' && found !== null && !Array.isArray(found)) return found
  const made = {}
  Reflect.set(parent, step, made)
  return made
}

export const accessTo: { readonly [P in ProviderId]: Access } = {
  homebox: {
    ...noToken,
    credentials: { token: 'hbx-3f9ac41e77' },
    secrets: ['hbx-3f9ac41e77'],
    // Its document shows no body of an error: this is how Laravel words one.
    refusal: fields => ({ status: 422, body: invalid(fields) }),
    unauthorized: { message: 'Unauthenticated.' },
  },
  housr: {
    ...noToken,
    credentials: { api_key: 'housr-88c1e2d05b' },
    secrets: ['housr-88c1e2d05b'],
    refusal: () => ({ status: 400, body: bodyOf('housr', 'refusal.email') }),
    unauthorized: bodyOf('housr', 'refusal.unauthorized'),
  },
  one_utility_bill: {
    credentials: { client_id: 'oub-client-7', client_secret: 'oub-5b7710c2aa' },
    secrets: ['oub-5b7710c2aa', ACCESS_TOKEN],
    tokenPath: '/oauth/token',
    tokenAnswer: number => ({
      ...bodyOf('one-utility-bill', 'tokens.create.ok'),
      access_token: `${ACCESS_TOKEN}-${number}`,
    }),
    refusal: fields => ({
      status: 422,
      body: { ...bodyOf('one-utility-bill', 'refusal.validation'), ...invalid(fields) },
    }),
    unauthorized: bodyOf('one-utility-bill', 'refusal.unauthorized'),
  },
  mybeezbox: {
    credentials: { username: 'billbridge', password: 'mbb-19f02cc6e4' },
    secrets: ['mbb-19f02cc6e4', BEEZ_TOKEN],
    tokenPath: '/token/',
    tokenAnswer: number => ({ ...bodyOf('mybeezbox', 'auth.token.ok'), token: `${BEEZ_TOKEN}-${number}` }),
    // Its document shows no body of such an error: this is how Django REST framework words one.
    refusal: fields => ({ status: 400, body: nested(fields) }),
    unauthorized: { detail: 'Invalid token.' },
  },
}

function bodyOf(provider: string, name: string): object {
  const body = fixture(provider, name)
  if (typeof body !== 'object' || body === null) throw new Error(`${name} is no object`)
  return body
}
