import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startTestGateway, type TestGateway } from '#test/gateway'
import { createManualClock } from '#test/manual-clock'
import { answers, type FaultyUpstream, type Received, startUpstream } from '#test/upstream'
import { happen, makeWebhook, startDeliverer, untilDelivery, verified } from '#test/webhooks'

const DAY = 86_400_000
let clock = createManualClock()
let gateway: TestGateway
let receiver: FaultyUpstream
beforeAll(async () => {
  gateway = await startTestGateway({
    environment: { BILLBRIDGE_WEBHOOK_ALLOW_PRIVATE: 'true' },
    now: () => clock.date(),
  })
})
afterAll(() => gateway.close())
beforeEach(async () => {
  clock = createManualClock()
  receiver = await startUpstream()
})

/** Which of the secrets a request is signed with. */
function signers(request: Received | undefined, secrets: readonly string[]): boolean[] {
  if (!request) throw new Error('nothing was sent')
  return secrets.map(secret => {
    try {
      return Boolean(verified(request, secret, clock.date()))
    } catch {
      return false
    }
  })
}

const signaturesOf = (request?: Received) => request?.headers['webhook-signature']?.split(' ').length

describe('F37: a secret that is rotated', () => {
  test('signs beside the new one for a day, and then no more', async () => {
    const { id, secret } = await makeWebhook(gateway, { url: receiver.url })
    const rotated = (await gateway.api(`POST /v1/webhooks/${id}/rotate-secret`)).body.secret
    const deliverer = startDeliverer(gateway, { clock })
    await happen(gateway)
    await receiver.received(1)
    expect(signers(receiver.requests[0], [secret, rotated])).toEqual([true, true])
    expect(signaturesOf(receiver.requests[0])).toBe(2)
    await clock.advance(DAY)
    await happen(gateway)
    await deliverer.wake()
    await receiver.received(2)
    expect(signers(receiver.requests[1], [secret, rotated])).toEqual([false, true])
    expect(signaturesOf(receiver.requests[1])).toBe(1)
    await gateway.api(`DELETE /v1/webhooks/${id}`)
  })

  test('twice in a day leaves the oldest out at once', async () => {
    const { id, secret } = await makeWebhook(gateway, { url: receiver.url })
    const rotate = async () => (await gateway.api(`POST /v1/webhooks/${id}/rotate-secret`)).body.secret
    const [second, third] = [await rotate(), await rotate()]
    startDeliverer(gateway, { clock })
    await happen(gateway)
    await receiver.received(1)
    expect(signers(receiver.requests[0], [secret, second, third])).toEqual([false, true, true])
    await gateway.api(`DELETE /v1/webhooks/${id}`)
  })

  test('signs a retry with the secrets of the moment', async () => {
    receiver.next(answers(500, ''))
    const { id, secret } = await makeWebhook(gateway, { url: receiver.url })
    const deliverer = startDeliverer(gateway, { clock })
    await happen(gateway)
    await untilDelivery(gateway, id, { state: 'failed' })
    const rotated = (await gateway.api(`POST /v1/webhooks/${id}/rotate-secret`)).body.secret
    await clock.advance(5_000)
    await deliverer.wake()
    await receiver.received(2)
    expect(receiver.requests.map(request => signers(request, [secret, rotated]))).toEqual([
      [true, false],
      [true, true],
    ])
    await gateway.api(`DELETE /v1/webhooks/${id}`)
  })
})
