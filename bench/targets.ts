import { randomUUID } from 'node:crypto'
import type { Target } from '#bench/load'
import type { Upstream } from '#bench/programs/reference'
import { leadBody } from '#bench/requests'
import type { Reference, RunningGateway } from '#bench/rig'

const json = { 'content-type': 'application/json' }

/** A route of the gateway, asked with the key. */
export function gatewayTarget(
  name: string,
  { program, origin, key }: RunningGateway,
  { path, body }: { path: string; body?: string },
): Target {
  const authorization = `Bearer ${key}`
  const shot =
    body === undefined
      ? { method: 'GET' as const, path, headers: { authorization } }
      : { method: 'POST' as const, path, headers: { ...json, authorization }, body }
  return { name, program, origin, shot: () => shot, expected: body === undefined ? 200 : 201 }
}

/** `POST /v1/leads`, each with an idempotency key of its own. */
export function leadTarget(gateway: RunningGateway): Target {
  const { shot, ...target } = gatewayTarget('gateway: POST /v1/leads', gateway, {
    path: '/v1/leads',
    body: leadBody,
  })
  const one = shot()
  return {
    ...target,
    shot: () => ({ ...one, headers: { ...one.headers, 'idempotency-key': randomUUID() } }),
  }
}

export function referenceTarget(
  name: string,
  { program, origin }: Reference,
  { path = '/', body }: { path?: string; body?: string } = {},
): Target {
  const shot =
    body === undefined
      ? { method: 'GET' as const, path }
      : { method: 'POST' as const, path, headers: json, body }
  return { name: `reference: ${name}`, program, origin, shot: () => shot, expected: 200 }
}

/** A provider asked without anything in between. */
export function directTarget(name: string, upstream: Upstream, expected: number, body?: string): Target {
  const { origin, method, path, headers } = upstream
  const shot = { method, path, headers, ...(body === undefined ? {} : { body }) }
  return { name: `direct: ${name}`, program: null, origin, shot: () => shot, expected }
}
