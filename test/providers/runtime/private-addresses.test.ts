import { expect, test } from 'vitest'
import { startRuntime } from '#test/provider-runtime'
import { answersJson, startUpstream } from '#test/upstream'

const query = { query: 'NE1 2QB' }
const NOT_PUBLIC = 'The address of homebox is not one of the public internet, so it is not called'
const refused = { code: 'provider_unavailable', outcome: 'not_sent', final: true }

/** Calls a connection that a customer has entered, whose name leads to these addresses. */
function entered(url: string, addresses: readonly string[], allowPrivate = false) {
  const asked: string[] = []
  const resolve = async (hostname: string) => {
    asked.push(hostname)
    if (addresses.length === 0) throw Object.assign(new Error('no'), { code: 'ENOTFOUND' })
    return addresses.map(address => ({ address, family: address.includes(':') ? 6 : 4 }))
  }
  const started = startRuntime(url, { guard: { allowPrivate, resolve } })
  return { ...started, asked, ask: () => started.runtime.run(started.context(), 'addresses.search', query) }
}

test.each(['127.0.0.1', '169.254.169.254', '10.0.0.1', '::1', '::ffff:127.0.0.1', '64:ff9b::7f00:1'])(
  'a name that leads to a private address by the time of the call is not called: %s',
  async address => {
    const { ask, asked, calls } = entered('https://provider.example', [address])
    await expect(ask()).rejects.toMatchObject({ message: NOT_PUBLIC, facts: refused })
    expect(asked).toEqual(['provider.example'])
    expect(calls).toMatchObject([{ outcome: 'not_sent', status: null }])
  },
)

test('nor is one with a public address beside a private one', async () => {
  const { ask } = entered('https://provider.example', ['8.8.8.8', '169.254.169.254'])
  await expect(ask()).rejects.toMatchObject({ message: NOT_PUBLIC })
})

test('an address that the rules did not forbid when it was entered is not even connected to', async () => {
  const upstream = await startUpstream()
  const { ask, asked } = entered(upstream.url, [])
  await expect(ask()).rejects.toMatchObject({ message: NOT_PUBLIC, facts: refused })
  expect([asked, upstream.connections]).toEqual([[], 0])
})

test('a private address does not close the circuit of those who may call it', async () => {
  const { ask, changes } = entered('https://provider.example', ['10.0.0.1'])
  for (let count = 0; count < 10; count += 1) await ask().catch(() => undefined)
  expect(changes).toEqual([])
})

test('a name that leads nowhere is not reached, and says why', async () => {
  const { ask } = entered('https://provider.example', [])
  const message = 'homebox could not be reached (ENOTFOUND)'
  await expect(ask()).rejects.toMatchObject({ message, facts: { outcome: 'not_sent' } })
})

test('where the operator allows it, the checked address is what is called', async () => {
  const upstream = await startUpstream()
  upstream.next(answersJson({ found: 1 }))
  const url = upstream.url.replace('127.0.0.1', 'provider.example')
  const { ask, asked } = entered(url, ['127.0.0.1'], true)
  expect((await ask()).value).toEqual([])
  expect([asked, upstream.connections]).toEqual([['provider.example'], 1])
})

test('what the operator has configured may be in a private network', async () => {
  const upstream = await startUpstream()
  upstream.next(answersJson({ found: 1 }))
  const { runtime, context } = startRuntime(upstream.url)
  expect((await runtime.run(context(), 'addresses.search', query)).value).toEqual([])
})
