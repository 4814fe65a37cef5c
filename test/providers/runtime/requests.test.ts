import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import type { UpstreamRequest } from '#providers/port/upstream'
import { failureOf, startRuntime, TOKEN } from '#test/provider-runtime'
import { answersJson, startUpstream } from '#test/upstream'

const Anything = z.unknown()

/** Sends `request` as a repeatable call and returns what the provider received. */
async function received(request: UpstreamRequest, prefix = '') {
  const upstream = await startUpstream()
  upstream.otherwise(answersJson({}))
  const { search } = startRuntime(upstream.url + prefix, {
    script: { search: client => client.json(request, Anything) },
  })
  await search()
  const [only] = upstream.requests
  if (!only) throw new Error('nothing was sent')
  return { ...only, text: only.raw.toString('utf8'), host: upstream.url.replace('http://', '') }
}

test('a GET carries what the documents name and tracing, and nothing else', async () => {
  const headers = { Authorization: `Bearer ${TOKEN}` }
  const { text, host } = await received({
    method: 'GET',
    path: '/packages',
    query: { postcode: 'NE1 2QB' },
    headers,
  })
  expect(text.split('\r\n')).toEqual([
    'GET /packages?postcode=NE1+2QB HTTP/1.1',
    `host: ${host}`,
    'connection: keep-alive',
    'accept: application/json',
    'user-agent: billbridge/1.2.3',
    'x-request-id: req_test',
    `authorization: Bearer ${TOKEN}`,
    '',
    '',
  ])
})

test('a JSON body is sent with its type and length', async () => {
  const { headers, body } = await received({
    method: 'POST',
    path: '/quotes',
    body: { kind: 'json', value: { a: ['£'] } },
  })
  expect(headers).toMatchObject({ 'content-type': 'application/json', 'content-length': '12' })
  expect(body).toBe('{"a":["£"]}')
})

test('a form is url-encoded', async () => {
  const fields = { grant_type: 'client_credentials', scope: 'leads quotes' }
  const { headers, body } = await received({
    method: 'POST',
    path: '/oauth/token',
    body: { kind: 'form', fields },
  })
  expect(headers['content-type']).toBe('application/x-www-form-urlencoded')
  expect(body).toBe('grant_type=client_credentials&scope=leads+quotes')
})

test('a multipart body streams its files from disk under a length that was known before', async () => {
  const path = join(tmpdir(), `billbridge-${process.pid}.png`)
  await writeFile(path, 'not really a picture')
  onTestFinished(() => import('node:fs/promises').then(fs => fs.rm(path)))
  const files = { image: { path, filename: 'meter "1".png', contentType: 'image/png' } }
  const { headers, body } = await received({
    method: 'POST',
    path: '/readings',
    body: { kind: 'multipart', fields: { type: 'gas', reading: '00123' }, files },
  })
  const boundary = headers['content-type']?.replace('multipart/form-data; boundary=', '')
  expect(Number(headers['content-length'])).toBe(Buffer.byteLength(body))
  expect(body.split(`--${boundary}`)).toEqual([
    '',
    '\r\ncontent-disposition: form-data; name="type"\r\n\r\ngas\r\n',
    '\r\ncontent-disposition: form-data; name="reading"\r\n\r\n00123\r\n',
    '\r\ncontent-disposition: form-data; name="image"; filename="meter %221%22.png"\r\ncontent-type: image/png\r\n\r\nnot really a picture\r\n',
    '--\r\n',
  ])
})

test('a file that is not there is found before anything is sent', async () => {
  const upstream = await startUpstream()
  const files = { file: { path: '/nowhere/at/all', filename: 'a', contentType: 'image/png' } }
  const body = { kind: 'multipart', fields: {}, files } as const
  const { remove, logs } = startRuntime(upstream.url, {
    script: { remove: client => client.json({ method: 'POST', path: '/x', body }, Anything) },
  })
  expect(await failureOf(remove())).toMatchObject({ code: 'provider_error', outcome: 'not_sent' })
  expect(upstream.requests).toEqual([])
  expect(logs()).not.toContain('/nowhere/at/all')
})

test('parameters stay one path segment each, below the path of the base URL', async () => {
  const params = { id: 'a/b?c#d e%2F', other: 'é{id}' }
  const { path } = await received({ method: 'GET', path: '/order/{id}/bill/{other}', params }, '/partner/')
  expect(path).toBe('/partner/order/a%2Fb%3Fc%23d%20e%252F/bill/%C3%A9%7Bid%7D')
})

test.each(['', '.', '..', '../admin', 'a/..', '..\\admin', 'a/./b'])(
  'the value %j cannot lead to another path',
  async id => {
    const upstream = await startUpstream()
    const { search } = startRuntime(upstream.url, {
      script: {
        search: client => client.json({ method: 'GET', path: '/order/{id}', params: { id } }, Anything),
      },
    })
    expect(await failureOf(search())).toMatchObject({ code: 'validation_failed', outcome: 'not_sent' })
    expect(upstream.requests).toEqual([])
  },
)

test('a header value that would start another header is never sent', async () => {
  const upstream = await startUpstream()
  const headers = { authorization: 'Bearer a\r\nx-admin: yes' }
  const { remove } = startRuntime(upstream.url, {
    script: { remove: client => client.json({ method: 'POST', path: '/x', headers }, Anything) },
  })
  expect(await failureOf(remove())).toMatchObject({
    code: 'provider_error',
    outcome: 'not_sent',
    final: true,
  })
  expect(upstream.requests).toEqual([])
})

test('a parameter that the adapter forgot is a mistake of ours: told as such, logged by its place', async () => {
  const upstream = await startUpstream()
  const { search, logs } = startRuntime(upstream.url, {
    script: { search: client => client.json({ method: 'GET', path: '/order/{id}' }, Anything) },
  })
  expect(await failureOf(search())).toMatchObject({ code: 'provider_error' })
  expect(upstream.requests).toEqual([])
  expect(logs()).toContain('wire/path.ts')
})
