import { describe, expect, it } from 'vitest'
import { homebox } from '#providers/homebox/index'
import { fixture } from '#test/fixture'
import { recordingUpstream } from '#test/recording-upstream'

const { operations } = homebox
const headers = { accept: 'application/json', authorization: 'Bearer sandbox-token' }

function connect(answer: unknown) {
  const upstream = recordingUpstream(answer)
  return { upstream, client: homebox.connect({ token: 'sandbox-token' }, upstream) }
}

async function listed(change: object) {
  const sample = { id: 81, amount: '165.00', status: 'success', payment_method: 'bank-transfer' }
  const { client } = connect({ data: [{ ...sample, ...change }] })
  const [payment] = await operations['orders.payments'](client, { order_id: '31' })
  return payment
}

describe('payments at Homebox', () => {
  it('are read whole, as documented', async () => {
    const { upstream, client } = connect(fixture('homebox', 'payments.list.ok'))
    const payments = await operations['orders.payments'](client, { order_id: '31' })
    expect(payments).toEqual([
      {
        id: '81',
        amount: { amount: 16500, currency: 'GBP' },
        status: 'succeeded',
        provider_status: 'success',
        method: 'bank_transfer',
        attempt: 1,
        previous_attempt_id: null,
        next_attempt_id: null,
        payer: { first_name: 'John', last_name: 'Doe', email: 'john.doe@example.test' },
        paid_at: '2021-06-20T14:00:00.000Z',
        created_at: '2021-06-20T13:57:22.000Z',
      },
      expect.objectContaining({ id: '82', amount: { amount: 29000, currency: 'GBP' } }),
    ])
    const path = '/api/partner/order/{order_id}/payments'
    expect(upstream.requests).toEqual([{ method: 'GET', path, params: { order_id: '31' }, headers }])
  })

  it.each([
    ['direct_debit', 'direct-debit'],
    ['bank_transfer', 'bank-transfer'],
  ] as const)('are replaced by one that is made by %s', async (payment_method, word) => {
    const { upstream, client } = connect(fixture('homebox', 'payments.replace.ok'))
    const ids = { order_id: '31', payment_id: '81' }
    const payment = await operations['payments.replace'](client, { ...ids, payment_method })
    expect(payment).toMatchObject({ id: '82', status: 'pending', previous_attempt_id: '81', paid_at: null })
    expect(upstream.requests).toEqual([
      {
        method: 'POST',
        path: '/api/partner/order/{order_id}/payments/{payment_id}/replace',
        params: ids,
        headers,
        body: { kind: 'json', value: { payment_method: word } },
      },
    ])
  })

  it.each([
    ['pending', 'pending'],
    ['success', 'succeeded'],
    ['failed', 'failed'],
    ['cancelled', 'cancelled'],
    ['charged back', 'other'],
  ])('keep the word %j beside %s', async (provider_status, status) => {
    expect(await listed({ status: provider_status })).toMatchObject({ status, provider_status })
  })

  it.each([
    ['direct-debit', 'direct_debit'],
    ['card', 'other'],
    [null, null],
  ])('are made by %j, which is %j', async (payment_method, method) => {
    expect(await listed({ payment_method })).toMatchObject({ method })
  })

  it('are off contract when their amount is none', async () => {
    await expect(listed({ amount: 'a lot' })).rejects.toMatchObject({ facts: { code: 'provider_error' } })
  })

  it('may be nobody’s', async () => {
    const payer = { first_name: null, last_name: null, email: null }
    expect(await listed({ user: null })).toMatchObject({ payer })
  })
})
