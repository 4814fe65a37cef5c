import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { oneUtilityBill } from '#providers/one-utility-bill/index'
import type { RecordingUpstream } from '#test/recording-upstream'
import { recordingUpstream, refusal } from '#test/recording-upstream'

const credentials = { client_id: 'client-1', client_secret: 'very secret' }
const token = (access_token: string) => ({ access_token, token_type: 'Bearer', expires_in: 3600 })
const expired = () => refusal({ code: 'provider_auth_failed', status: 401 })

function connect(...answers: readonly unknown[]) {
  const upstream = recordingUpstream(...answers)
  return { upstream, client: oneUtilityBill.connect(credentials, upstream) }
}
const bearers = ({ requests }: RecordingUpstream) =>
  requests.map(({ path, headers }) => [path, headers?.['authorization']])

describe('the token of One Utility Bill', () => {
  it('is asked for with a form that no log keeps', async () => {
    const { upstream, client } = connect(token('one'))
    expect(await client.authenticate()).toEqual({ value: 'one', expiresInSeconds: 3600 })
    expect(upstream.requests).toEqual([
      {
        method: 'POST',
        path: '/oauth/token',
        body: {
          kind: 'form',
          fields: {
            grant_type: 'client_credentials',
            client_id: 'client-1',
            client_secret: 'very secret',
            scope: 'leads quotes',
          },
        },
        secret: true,
      },
    ])
  })

  it('is fetched once for two calls', async () => {
    const { upstream, client } = connect(token('one'), {}, {})
    await client.post('/api/v1/quotes', {}, z.object({}))
    await client.post('/api/v1/quotes', {}, z.object({}))
    expect(bearers(upstream)).toEqual([
      ['/oauth/token', undefined],
      ['/api/v1/quotes', 'Bearer one'],
      ['/api/v1/quotes', 'Bearer one'],
    ])
  })

  it('is renewed once after a 401, and the call is sent once more', async () => {
    const { upstream, client } = connect(token('one'), expired(), token('two'), { ok: true })
    expect(await client.post('/api/v1/quotes', { a: 1 }, z.object({ ok: z.boolean() }))).toEqual({ ok: true })
    expect(bearers(upstream)).toEqual([
      ['/oauth/token', undefined],
      ['/api/v1/quotes', 'Bearer one'],
      ['/oauth/token', undefined],
      ['/api/v1/quotes', 'Bearer two'],
    ])
  })

  it('is not renewed twice for one call', async () => {
    const { upstream, client } = connect(token('one'), expired(), token('two'), expired())
    const call = client.post('/api/v1/quotes', {}, z.object({}))
    await expect(call).rejects.toMatchObject({ facts: { code: 'provider_auth_failed' } })
    expect(upstream.requests).toHaveLength(4)
  })

  it('is not asked for again when the credentials are refused', async () => {
    const { upstream, client } = connect(expired())
    const call = client.post('/api/v1/quotes', {}, z.object({}))
    await expect(call).rejects.toMatchObject({ facts: { code: 'provider_auth_failed' } })
    expect(upstream.requests).toHaveLength(1)
  })

  it('that could not be fetched means that the call was not sent', async () => {
    const lost = refusal({ code: 'provider_timeout', outcome: 'unknown' })
    const first = connect(lost)
    const call = first.client.post('/api/v1/leads', {}, z.object({}))
    await expect(call).rejects.toMatchObject({ facts: { code: 'provider_timeout', outcome: 'not_sent' } })
    const renewing = connect(token('one'), expired(), lost)
    const again = renewing.client.post('/api/v1/leads', {}, z.object({}))
    await expect(again).rejects.toMatchObject({ facts: { code: 'provider_timeout', outcome: 'not_sent' } })
  })

  it('does not make a lost answer to the call itself look unsent', async () => {
    const { client } = connect(token('one'), refusal({ code: 'provider_timeout', outcome: 'unknown' }))
    const call = client.post('/api/v1/leads', {}, z.object({}))
    await expect(call).rejects.toMatchObject({ facts: { outcome: 'unknown' } })
  })

  it('stays when a call is refused for any other reason', async () => {
    const { upstream, client } = connect(token('one'), refusal({ status: 422 }))
    await expect(client.post('/api/v1/quotes', {}, z.object({}))).rejects.toMatchObject({
      facts: { status: 422 },
    })
    expect(upstream.requests).toHaveLength(2)
  })

  it('is what a connection is verified by, never a kept one', async () => {
    const { upstream, client } = connect(token('one'), {}, token('two'))
    await client.post('/api/v1/quotes', {}, z.object({}))
    await oneUtilityBill.verify(client)
    expect(upstream.requests.at(-1)?.path).toBe('/oauth/token')
  })

  it('lasts an hour where the answer does not say', async () => {
    const { client } = connect({ access_token: 'one' })
    expect(await client.authenticate()).toEqual({ value: 'one', expiresInSeconds: 3600 })
  })
})
