import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { LookupAddress } from 'node:dns'
import { startTestGateway, type TestGateway } from '#test/gateway'
import { startUpstream } from '#test/upstream'
import { happen, makeWebhook, startDeliverer, untilDelivery } from '#test/webhooks'
import { uuidOf } from '#values/ids'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway.close())

const at = (address: string): LookupAddress => ({ address, family: address.includes(':') ? 6 : 4 })

/** What becomes of a delivery to a name that leads to these addresses when it is made. */
async function deliverTo(addresses: readonly string[], url = 'https://agency.example/hooks') {
  const asked: string[] = []
  const resolve = async (hostname: string) => {
    asked.push(hostname)
    return addresses.map(at)
  }
  const { id } = await makeWebhook(gateway, { url })
  startDeliverer(gateway, { allowPrivate: false, resolve })
  await happen(gateway)
  const delivery = await untilDelivery(gateway, id, { state: 'failed', attempts: 1 })
  await gateway.api(`DELETE /v1/webhooks/${id}`)
  return { asked, attempts: delivery.attempts }
}

const refused = [{ status: null, error: 'private_address' }]

describe('F39: a name that leads to a private address by the time of the delivery', () => {
  test.each([
    '169.254.169.254',
    '::1',
    '::ffff:127.0.0.1',
    '127.0.0.1',
    '10.0.0.1',
    'fd00::1',
    '64:ff9b::7f00:1',
    '0.0.0.0',
  ])('is not connected to: %s', async address => {
    const { asked, attempts } = await deliverTo([address])
    expect(attempts).toMatchObject(refused)
    expect(asked).toEqual(['agency.example'])
  })

  test('is not connected to when a public one stands beside it', async () => {
    expect((await deliverTo(['8.8.8.8', '169.254.169.254'])).attempts).toMatchObject(refused)
    expect((await deliverTo(['::1', '8.8.8.8'])).attempts).toMatchObject(refused)
  })

  test('has nothing sent to it, though somebody listens there', async () => {
    const receiver = await startUpstream()
    const { id } = await makeWebhook(gateway, { url: 'https://agency.example/' })
    const url = receiver.url.replace('127.0.0.1', 'agency.example')
    const { sql } = gateway.services.database
    const { port } = new URL(receiver.url)
    // As it would be if it had been written down under other rules.
    await sql.query('UPDATE webhooks SET url = $2 WHERE id = $1', [uuidOf('webhook', id), url])
    startDeliverer(gateway, { allowPrivate: false, resolve: async () => [at('127.0.0.1')] })
    await happen(gateway)
    const { attempts } = await untilDelivery(gateway, id, { state: 'failed', attempts: 1 })
    expect(attempts).toMatchObject([{ status: null, error: 'refused_url' }])
    expect([receiver.connections, Number(port) > 0]).toEqual([0, true])
    await gateway.api(`DELETE /v1/webhooks/${id}`)
  })
})

describe('a name', () => {
  test('that leads nowhere is a failed attempt', async () => {
    expect((await deliverTo([])).attempts).toMatchObject([{ status: null, error: 'unresolved' }])
  })

  test('that cannot be looked up is a failed attempt', async () => {
    const { id } = await makeWebhook(gateway, { url: 'https://agency.example/' })
    const resolve = () => Promise.reject(Object.assign(new Error('none'), { code: 'ENOTFOUND' }))
    startDeliverer(gateway, { allowPrivate: false, resolve })
    await happen(gateway)
    const { attempts } = await untilDelivery(gateway, id, { state: 'failed', attempts: 1 })
    expect(attempts).toMatchObject([{ status: null, error: 'unresolved' }])
    await gateway.api(`DELETE /v1/webhooks/${id}`)
  })
})
