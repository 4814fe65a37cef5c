import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createMybeezboxClient } from '#providers/mybeezbox/client'
import { inferredTable, type OperationTable } from '#providers/mybeezbox/operation-table'
import { readOperationsFile } from '#providers/mybeezbox/operations-file'
import { recordingUpstream, refusal } from '#test/recording-upstream'

const credentials = { username: 'johndoe', password: 'mypassword' }
const token = { token: 'f1fb35c26dee337de337f9d642ea21acd3f0f6d5' }
const anything = z.unknown()

function connect(mode: 'test' | 'live', answers: readonly unknown[], table: OperationTable = inferredTable) {
  const upstream = recordingUpstream(...answers)
  return { upstream, client: createMybeezboxClient(table, credentials, upstream, mode) }
}

function tableOf(file: object): OperationTable {
  const read = readOperationsFile(JSON.stringify(file))
  if ('mistakes' in read) throw new Error(read.mistakes.join())
  return read.table
}

describe('the client', () => {
  it('gets a token for user name and password, and sends it with everything else', async () => {
    const { upstream, client } = connect('test', [token, [], []])
    await client.call('giftcards.list', {}, anything)
    await client.call('giftcards.get', { params: { id: '1' } }, anything)
    const authorized = { accept: 'application/json', authorization: `Token ${token.token}` }
    expect(upstream.requests).toEqual([
      {
        method: 'POST',
        path: '/token/',
        headers: { accept: 'application/json' },
        body: { kind: 'json', value: credentials },
        secret: true,
      },
      { method: 'GET', path: '/giftcards/', headers: authorized },
      { method: 'GET', path: '/giftcards/{id}/', params: { id: '1' }, headers: authorized },
    ])
  })

  it('renews a token that is refused, once', async () => {
    const refused = refusal({ code: 'provider_auth_failed', status: 401 })
    const { upstream, client } = connect('test', [token, refused, { token: 'second' }, refused])
    await expect(client.call('giftcards.list', {}, anything)).rejects.toBe(refused)
    expect(upstream.requests.map(({ headers }) => headers?.['authorization'])).toEqual([
      undefined,
      `Token ${token.token}`,
      undefined,
      'Token second',
    ])
  })

  it('speaks as the deployment says', async () => {
    const table = tableOf({
      'auth.scheme': 'Bearer',
      'giftcards.get': { method: 'POST', path: '/v2/cards/{id}' },
    })
    const { upstream, client } = connect('test', [token, {}], table)
    await client.call('giftcards.get', { params: { id: '1' } }, anything)
    expect(upstream.requests[1]).toMatchObject({
      method: 'POST',
      path: '/v2/cards/{id}',
      headers: { authorization: `Bearer ${token.token}` },
    })
  })
})

describe('in live mode', () => {
  const notConfigured = (operation: string) => ({
    facts: { code: 'operation_not_configured', outcome: 'not_sent', operation },
  })

  it.each([
    ['an inferred row', {}, 'giftcards.list'],
    ['a token at an inferred path', { 'giftcards.list': { method: 'GET', path: '/g/' } }, 'auth.token'],
  ])('%s leaves nothing', async (_what, file, operation) => {
    const { upstream, client } = connect('live', [], tableOf(file))
    await expect(client.call('giftcards.list', {}, anything)).rejects.toMatchObject(notConfigured(operation))
    expect(upstream.requests).toEqual([])
  })

  it('what is confirmed is sent', async () => {
    const table = tableOf({
      'auth.token': { method: 'POST', path: '/token/' },
      'giftcards.list': { method: 'GET', path: '/giftcards/' },
    })
    const { upstream, client } = connect('live', [token, []], table)
    await client.call('giftcards.list', {}, anything)
    expect(upstream.requests).toHaveLength(2)
    await expect(client.call('giftcards.get', {}, anything)).rejects.toMatchObject(
      notConfigured('giftcards.get'),
    )
  })
})
