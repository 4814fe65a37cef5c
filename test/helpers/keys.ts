import { expect } from 'vitest'
import { Account } from '#contract/accounts'
import { ApiKey } from '#contract/api-keys'
import type { ApiRequest } from '#test/api'
import type { TestGateway } from '#test/gateway'

const MadeKey = ApiKey.required({ secret: true })
const MadeAccount = Account.extend({ api_key: MadeKey })

/** A key made over the API, by the bootstrap key unless the request has another. */
export async function makeKey(
  { api }: Pick<TestGateway, 'api'>,
  changes: object = {},
  request: ApiRequest = {},
) {
  const body = { name: 'Till', scopes: ['quotes:read'], mode: 'test', ...changes }
  const answer = await api('POST /v1/api-keys', { body, ...request })
  expect(`${answer.status} ${answer.text}`).toMatch(/^201 /)
  return MadeKey.parse(answer.body)
}

/** A further account made over the API, and its first key. */
export async function makeAccount({ api }: Pick<TestGateway, 'api'>, changes: object = {}) {
  const answer = await api('POST /v1/accounts', { body: { name: 'Coquet Lettings', ...changes } })
  expect(`${answer.status} ${answer.text}`).toMatch(/^201 /)
  return MadeAccount.parse(answer.body)
}
