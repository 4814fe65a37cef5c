import { expect } from 'vitest'
import type { ProviderId } from '#contract/vocabulary'
import { type RunningSimulators, startSimulators } from '#simulators/index'
import { createApi } from '#test/api'
import { startTestGateway, type TestGateway, type TestGatewayOptions } from '#test/gateway'
import { seedKey } from '#test/seed'

/** Lets accounts enter addresses on this machine. */
export const ALLOWED = { BILLBRIDGE_WEBHOOK_ALLOW_PRIVATE: 'true' }

/** A gateway where simulators may be entered as an account's own. */
export function startOpenGateway(options: TestGatewayOptions = {}): Promise<TestGateway> {
  return startTestGateway({ ...options, environment: { ...ALLOWED, ...options.environment } })
}

/** Providers of an account's own, beside those that are lent to it. */
export function startOwnProviders(): Promise<RunningSimulators> {
  return startSimulators({ limit: 'off', firstId: 7_000 })
}

export interface AccountHere extends TestGateway {
  readonly accountId: string
}

/** Another account at the same gateway, with all scopes unless they are named. */
export async function accountAt(
  gateway: TestGateway,
  given: Parameters<typeof seedKey>[1] = {},
): Promise<AccountHere> {
  const { key, accountId } = await seedKey(gateway, given)
  return { ...gateway, key, accountId, api: createApi(gateway.app, key) }
}

/** What enters a running simulator, with other credentials where they are named. */
export function entryOf(
  providers: RunningSimulators,
  provider: ProviderId,
  changes: Readonly<Record<string, unknown>> = {},
) {
  const { url, credentials } = providers[provider]
  return { provider, base_url: url, credentials, ...changes }
}

/** Enters a running simulator as the account's own; its id. */
export async function enter(
  { api }: Pick<TestGateway, 'api'>,
  providers: RunningSimulators,
  provider: ProviderId,
  changes: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const answer = await api('POST /v1/connections', { body: entryOf(providers, provider, changes) })
  expect(answer.status, answer.text).toBe(201)
  return answer.body.id
}
