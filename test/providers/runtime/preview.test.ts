import { expect, test } from 'vitest'
import { z } from 'zod'
import type { Upstream } from '#providers/port/upstream'
import { ProviderError } from '#providers/provider-error'
import { failureOf, startRuntime, TOKEN } from '#test/provider-runtime'
import { startUpstream } from '#test/upstream'

const Anything = z.unknown()

/** What a preview of the unsafe operation shows, and that the provider heard nothing of it. */
async function previewed(remove: (upstream: Upstream) => Promise<unknown>) {
  const upstream = await startUpstream()
  const { runtime, context } = startRuntime(upstream.url, { script: { remove } })
  const at = { order_id: '7', tenant_id: '31' }
  try {
    return await runtime.preview(context(), 'tenants.delete', at)
  } finally {
    expect(upstream.connections).toBe(0)
  }
}

test('the first request is shown as it would be sent, without its secrets', async () => {
  const value = {
    account_number: '12345678',
    sort_code: '200000',
    token: TOKEN,
    note: `by ${TOKEN}`,
    tenant: { first_name: 'Jane', email: 'jane@example.com' },
  }
  const requests = await previewed(client =>
    client.json(
      {
        method: 'PATCH',
        path: '/order/{order_id}/mandate',
        params: { order_id: '7/8' },
        query: { page: '2' },
        headers: { authorization: `Bearer ${TOKEN}` },
        body: { kind: 'json', value },
      },
      Anything,
    ),
  )
  expect(requests).toEqual([
    {
      method: 'PATCH',
      path: '/order/7%2F8/mandate?page=2',
      body: {
        account_number: '****5678',
        sort_code: '****000',
        token: '[removed]',
        note: 'by [removed]',
        tenant: { first_name: 'Jane', email: 'jane@example.com' },
      },
    },
  ])
})

test('ids that are not known yet stay by name', async () => {
  const requests = await previewed(client =>
    client.json(
      { method: 'GET', path: '/order/{order_id}/tenant/{tenant_id}', params: { order_id: '{order_id}' } },
      Anything,
    ),
  )
  expect(requests).toEqual([{ method: 'GET', path: '/order/{order_id}/tenant/{tenant_id}', body: null }])
})

test('files are shown by name and type', async () => {
  const files = { image: { path: '/tmp/secret-path', filename: 'meter.png', contentType: 'image/png' } }
  const requests = await previewed(client =>
    client.json(
      { method: 'POST', path: '/readings', body: { kind: 'multipart', fields: { type: 'gas' }, files } },
      Anything,
    ),
  )
  expect(requests[0]?.body).toEqual({
    type: 'gas',
    image: { filename: 'meter.png', content_type: 'image/png' },
  })
})

test('requests sent side by side are all shown, those after an answer are not', async () => {
  const get = (client: Upstream, path: string) => client.json({ method: 'GET', path }, Anything)
  const neverFetched = () => Promise.reject(new Error('fetched'))
  const getLater = async (client: Upstream, path: string) => {
    for (let step = 0; step < 20; step += 1) await client.token(neverFetched)
    return get(client, path)
  }
  const requests = await previewed(async client => {
    await Promise.all([get(client, '/a'), getLater(client, '/b')])
    await get(client, '/c')
  })
  expect(requests.map(({ path }) => path)).toEqual(['/a', '/b'])
})

test('what stands in place of a token takes nothing out of the body', async () => {
  const note = 'a preview - nothing else'
  const requests = await previewed(async client => {
    const authorization = `Bearer ${await client.token(() => Promise.reject(new Error('fetched')))}`
    const body = { kind: 'json', value: { note } } as const
    await client.json({ method: 'POST', path: '/notes', headers: { authorization }, body }, Anything)
  })
  expect(requests).toEqual([{ method: 'POST', path: '/notes', body: { note } }])
})

test('what the adapter refuses before it sends is the error of the preview', async () => {
  const err = new ProviderError({
    provider: 'homebox',
    operation: 'tenants.delete',
    code: 'validation_failed',
    outcome: 'not_sent',
    message: 'no such date there',
  })
  expect(await failureOf(previewed(() => Promise.reject(err)))).toBe(err.facts)
})

test('an operation that the provider does not have has no preview', async () => {
  const { runtime, context } = startRuntime('http://127.0.0.1:9')
  const work = runtime.preview(context(), 'invites.list', { order_id: '7' })
  expect(await failureOf(work)).toMatchObject({ code: 'capability_not_supported', outcome: 'not_sent' })
})
