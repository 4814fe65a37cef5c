import { createHash } from 'node:crypto'
import { z } from 'zod'
import { type Endpoint, type Gate, Refusal } from '#simulators/core/endpoint'
import { missingToken, mybeezboxDialect, read } from '#simulators/mybeezbox/dialect'

export const credentials = {
  username: 'mybeezbox-simulator-user',
  password: 'mybeezbox-simulator-password',
}

const TokenBody = z.strictObject({ username: z.string().min(1), password: z.string().min(1) })

/** Section "Authentication". No life of a token is stated: those of one run hold until it ends. */
export function createTokens(nextId: () => number): { readonly gate: Gate; readonly endpoint: Endpoint } {
  const issued = new Set<string>()

  const gate: Gate = ({ headers }, endpoint) => {
    if (endpoint?.open) return { headers: {}, refusal: null }
    const token = /^Token (\S+)$/.exec(headers.authorization ?? '')?.[1]
    if (token === undefined) return { headers: {}, refusal: missingToken() }
    return { headers: {}, refusal: issued.has(token) ? null : mybeezboxDialect.unauthorized() }
  }

  const endpoint: Endpoint = {
    operation: 'auth.token',
    method: 'POST',
    path: '/token/',
    effect: 'counted',
    open: true,
    renamed: ['token', 'key'],
    accept: call => {
      const { username, password } = read(TokenBody, call.body)
      if (username !== credentials.username || password !== credentials.password)
        throw new Refusal({
          status: 400,
          body: { non_field_errors: ['Unable to log in with provided credentials.'] },
        })
      return {
        triggers: [],
        apply: () => {
          const token = createHash('sha1').update(String(nextId())).digest('hex')
          issued.add(token)
          const uuid = '123e4567-e89b-12d3-a456-426614174000'
          return { status: 200, body: { token, uuid, user: { username } } }
        },
      }
    },
  }
  return { gate, endpoint }
}
