import { expect, test } from 'vitest'
import { z } from 'zod'
import type { Upstream } from '#providers/port/upstream'
import { ProviderError } from '#providers/provider-error'
import { startRuntime, TOKEN } from '#test/provider-runtime'
import type { Behaviour } from '#test/upstream'
import { answers, answersJson, cutsBody, resets, sendsBytes, startUpstream } from '#test/upstream'

/** Values that must be found nowhere but on the wire. */
const canaries = {
  token: TOKEN,
  account: '73910264',
  sortCode: '609281',
  spelt: '60-92-81',
  email: 'canary.bird@example.org',
  phone: '07911 223344',
  born: '17/03/1997',
  password: 'Bird-NE12QB',
  fresh: 'fresh-bearer-55aa',
}

const echo = {
  message: `Password is ${canaries.password}`,
  errors: {
    'payer.account': [`${canaries.account} at ${canaries.spelt} (${canaries.sortCode}) is unknown`],
    email: [`${canaries.email} or ${canaries.phone} is taken, born ${canaries.born}`],
    auth: `Authorization: Bearer ${TOKEN} / Bearer ${canaries.fresh}`,
  },
}
const text = JSON.stringify(echo)

/** Sends every canary, and takes the provider's words for its own. */
async function leakyAdapter(client: Upstream): Promise<unknown> {
  const value = {
    account_number: canaries.account,
    sortCode: canaries.sortCode,
    tenant: { email: canaries.email, phone: canaries.phone, birthday: canaries.born },
    note: `${canaries.account} ${canaries.email}`,
  }
  const headers = { authorization: `Bearer ${TOKEN}`, 'x-api-key': canaries.fresh }
  const query = { token: TOKEN }
  const body = { kind: 'json', value } as const
  return client.json({ method: 'POST', path: '/payers', query, headers, body }, z.object({ id: z.number() }))
}

/** All that can be seen of an error by whoever logs or serialises it. */
function everythingOf(err: unknown): string {
  if (!(err instanceof ProviderError)) throw err
  return [err.stack, JSON.stringify(err.facts), JSON.stringify(err.cause ?? null), err.message].join('\n')
}

const ends: readonly [string, Behaviour][] = [
  ['a refusal', answersJson(echo, 422)],
  ['refused credentials', answersJson(echo, 401)],
  ['a failure', answersJson(echo, 500)],
  ['a page', answers(200, `<p>${text}</p>`, { 'content-type': 'text/html' })],
  ['a page with a failure', answers(502, `<p>${text}</p>`)],
  ['another shape', answersJson({ id: text, ...echo })],
  ['a cut body', cutsBody(text, 9_000)],
  ['no HTTP', sendsBytes(`${text}\r\n\r\n`)],
  [
    'a redirect',
    answers(302, '', { location: `https://example.org/?token=${TOKEN}&email=${canaries.email}` }),
  ],
  ['a reset', resets],
]

test.each(ends)(
  'after %s no secret, bank detail or person is in error, record or log',
  async (_, behaviour) => {
    const upstream = await startUpstream()
    upstream.otherwise(behaviour)
    const { remove, calls, logs } = startRuntime(upstream.url, {
      script: {
        remove: leakyAdapter,
        readRefusal: ({ body }) => ({
          message: JSON.stringify(body),
          requestId: 'req-1',
          fields: [{ pointer: '/payer', code: 'invalid', message: JSON.stringify(body) }],
        }),
      },
    })
    const err = await remove().catch((cause: unknown) => cause)
    expect(upstream.requests.length).toBeGreaterThan(0)
    expect(calls.length).toBeGreaterThan(0)
    const seen = [everythingOf(err), JSON.stringify(calls), logs()].join('\n')
    expect(Object.entries(canaries).filter(([, canary]) => seen.includes(canary))).toEqual([])
  },
)

test('after success secrets and bank details are in no record, log or payload', async () => {
  const upstream = await startUpstream()
  upstream.otherwise(
    answersJson({ id: 1, account_number: canaries.account, sort_code: canaries.sortCode, ...echo }),
  )
  const { remove, calls, logs } = startRuntime(upstream.url, { script: { remove: leakyAdapter } })
  const { payload } = await remove()
  const kept = JSON.stringify(calls) + logs()
  expect(Object.entries(canaries).filter(([, canary]) => kept.includes(canary))).toEqual([])
  const owners = JSON.stringify(payload)
  for (const canary of [canaries.token, canaries.password, canaries.fresh])
    expect(owners).not.toContain(canary)
  expect(payload?.data).toMatchObject({ id: 1, account_number: '[removed]', sort_code: '[removed]' })
})

test('nothing is in an error that came about before anything was sent', async () => {
  const { remove, calls, logs } = startRuntime('http://127.0.0.1:9', { script: { remove: leakyAdapter } })
  const err = await remove().catch((cause: unknown) => cause)
  const seen = [everythingOf(err), JSON.stringify(calls), logs()].join('\n')
  expect(Object.entries(canaries).filter(([, canary]) => seen.includes(canary))).toEqual([])
})

test('a credential is taken out of an answer also when this call did not send it', async () => {
  const upstream = await startUpstream()
  upstream.otherwise(answersJson({ note: `key ${TOKEN} has expired` }))
  const { search, calls } = startRuntime(upstream.url, {
    script: { search: client => client.json({ method: 'GET', path: '/status' }, z.unknown()) },
  })
  const { payload } = await search()
  expect([payload?.data, calls[0]?.responseBody]).toEqual([
    { note: 'key [removed] has expired' },
    { note: 'key [removed] has expired' },
  ])
})
