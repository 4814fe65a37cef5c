import { describe, expect, test } from 'vitest'
import { mybeezboxPaymentRequests } from '#providers/mybeezbox/payment-requests'
import { mybeezboxPaymentWrites } from '#providers/mybeezbox/payment-writes'
import { mybeezboxPayments } from '#providers/mybeezbox/payments'
import { mybeezboxPayoutRequests } from '#providers/mybeezbox/payout-requests'
import { paymentWriteInputs } from '#test/conformance-payment-writes'
import { fixture } from '#test/fixture'
import { mybeezboxAnswering } from '#test/mybeezbox-client'
import { refusal } from '#test/recording-upstream'

const operations = {
  ...mybeezboxPayments,
  ...mybeezboxPaymentWrites,
  ...mybeezboxPaymentRequests,
  ...mybeezboxPayoutRequests,
}
const MIB_20 = 20 * 1024 * 1024
const id = '7a82448d-e8a3-4049-8e88-2c8186c3076f'
const eur = (amount: number) => ({ amount, currency: 'EUR' as const })
const json = (value: object) => ({ kind: 'json', value })
const documented = (name: string) => fixture('mybeezbox', name)

async function read(answer: object) {
  return operations['payments.get'](mybeezboxAnswering({ id, ...answer }).client, { id })
}

describe('a payment', () => {
  test('is read whole, as documented', async () => {
    const { client, sent } = mybeezboxAnswering(documented('payments.get.ok'))
    const at = '2022-06-16T12:00:00.000Z'
    expect(await operations['payments.get'](client, { id })).toEqual({
      id,
      state: 'succeeded',
      provider_state: 'ok',
      customer: {},
      partner_id: '1',
      partner_uuid: 'baf5a0f2-4b5b-422d-9a1b-2fc636e89b45',
      amount: eur(10_000),
      discount: null,
      commission: eur(500),
      net_amount: eur(9_500),
      refunded_amount: eur(1_000),
      refund_state: 'partial',
      type: 'credit_card',
      product: null,
      origin: null,
      payment_receipt_description: null,
      freeze_payout_on: null,
      payout_request_id: '1',
      payout_request_state: 'validated',
      payout_request_created_at: at,
      payout_request_validated_at: at,
      extra_source_amount: eur(10_000),
      extra_source_wallet_id: '1',
      extra_source_wallet_uuid: 'a1b2c3d4-e5f6-4789-9012-34567890abcd',
      payin_result_code: '12345',
      payin_result_message: 'The transaction was successful',
      payment_request_id: '1',
      created_at: null,
      details: { currency: 'EUR' },
    })
    expect(sent()).toEqual([{ method: 'GET', path: '/payments/{id}/', params: { id } }])
  })

  test.each([
    ['ok', 'succeeded'],
    ['ip', 'in_progress'],
    ['ko', 'other'],
    [null, 'other'],
  ])('that is told as %j is %s', async (status, state) => {
    expect(await read({ status })).toMatchObject({ state, provider_state: status })
  })

  test.each([
    ['not told', {}, null],
    ['none', { amount: 100, refunded_amount: 0 }, 'none'],
    ['a part', { amount: 100, refunded_amount: '99.99' }, 'partial'],
    ['all', { amount: 100, refunded_amount: 100 }, 'full'],
    ['something of nobody knows how much', { refunded_amount: 100 }, null],
  ])('of which %s is refunded says so', async (_, answer, refund_state) => {
    expect(await read(answer)).toMatchObject({ refund_state })
  })

  test.each([
    ['to be validated', 'to_be_validated'],
    ['validated', 'validated'],
    ['cancelled', 'cancelled'],
    ['lost', 'other'],
    [null, null],
  ])('in a payout request that is %j tells it as %j', async (word, payout_request_state) => {
    expect(await read({ payout_request_status: word })).toMatchObject({ payout_request_state })
  })

  test('is made with all that is given', async () => {
    const { client, sent } = mybeezboxAnswering(documented('payments.create.ok'))
    const draft = paymentWriteInputs['payments.create']
    const payment = await operations['payments.create'](client, draft)
    expect(payment).toMatchObject({ amount: eur(10_000), discount: eur(0), freeze_payout_on: '2022-05-01' })
    const { customer, partner_uuid, product, origin, payment_receipt_description } = draft
    const same = { customer, partner_uuid, product, origin, payment_receipt_description, type: 'credit_card' }
    const wallet = { extra_source_wallet_uuid: draft.extra_source_wallet_uuid, extra_source_amount: 50 }
    const body = json({ ...same, ...wallet, amount: 100, discount: 0, freeze_payout_date: '2022-05-01' })
    expect(sent()).toEqual([{ method: 'POST', path: '/payments/', body }])
  })

  test('is made by card and without a discount where nothing else is said', async () => {
    const { client, sent } = mybeezboxAnswering(documented('payments.create.ok'))
    const { customer, partner_uuid, product } = paymentWriteInputs['payments.create']
    const draft = { customer, partner_uuid, product, amount: eur(1_999) }
    await operations['payments.create'](client, { ...draft, type: null, discount: null })
    const all = { customer, partner_uuid, product, amount: 19.99, discount: 0, type: 'credit_card' }
    expect(sent()).toEqual([{ method: 'POST', path: '/payments/', body: json(all) }])
  })

  test('is made with the discount that is given', async () => {
    const { client, sent } = mybeezboxAnswering(documented('payments.create.ok'))
    await operations['payments.create'](client, {
      ...paymentWriteInputs['payments.create'],
      discount: eur(250),
    })
    expect(sent()).toMatchObject([{ body: { value: { discount: 2.5 } } }])
  })

  test('is paid out from another day', async () => {
    const { client, sent } = mybeezboxAnswering({ id, freeze_payout_date: '2022-05-01T12:00', odd: 1 })
    const changes = { freeze_payout_on: '2022-05-01' }
    const changed = await operations['payments.update'](client, { id, changes })
    expect(changed).toEqual({ id, freeze_payout_on: '2022-05-01', details: { odd: 1 } })
    const body = json({ freeze_payout_date: '2022-05-01' })
    expect(sent()).toEqual([{ method: 'PATCH', path: '/payments/{id}/', params: { id }, body }])
  })

  test.each([
    ['without fields', refusal({ message: 'No.' })] as const,
    ['of ours', new TypeError('a mistake')],
  ])('that fails %s fails so', async (_, failure) => {
    const { client } = mybeezboxAnswering(failure)
    const draft = paymentWriteInputs['payments.create']
    await expect(operations['payments.create'](client, draft)).rejects.toBe(failure)
  })
})

describe('a refund', () => {
  const refund = { id, amount: eur(1_050), earlier: [] }

  test.each([
    ['in proportion', refund, { amount: 10.5 }],
    ['in proportion, as said', { ...refund, split: null }, { amount: 10.5 }],
    [
      'as it is split',
      { ...refund, split: { extra_source_amount: eur(400), additional_payin_amount: eur(650) } },
      { amount: 10.5, split: { extra_source_amount: 4, additional_payin_amount: 6.5 } },
    ],
  ])('gives back %s', async (_, draft, value) => {
    const { client, sent } = mybeezboxAnswering(documented('payments.refund.ok'))
    const done = await operations['payments.refund'](client, draft)
    expect(done).toEqual({ id, provider_state: 'ok', message: 'The refund was performed successfully' })
    const path = '/payments/{id}/refund/'
    expect(sent()).toEqual([{ method: 'POST', path, params: { id }, body: json(value) }])
  })
})

describe('payments are listed', () => {
  test.each([
    [{}, {}],
    [{ state: 'in_progress' }, { status: 'ip' }],
    [{ state: 'ko' }, { status: 'ko' }],
    [{ states: 'succeeded, in_progress,ko' }, { status__in: 'ok,ip,ko' }],
    [{ payout_request_state: 'to_be_validated' }, { payout_request_status: 'to be validated' }],
    [
      { payout_request_states: 'validated,to_be_validated' },
      { payout_request_status__in: 'validated,to be validated' },
    ],
    [
      { created_from: '2026-01-01', created_to: '2026-01-31', partner_uuid: id },
      { created_on__gte: '2026-01-01', created_on__lte: '2026-01-31', partner_uuid: id },
    ],
  ])('by %j', async (filters, query) => {
    const { client, sent } = mybeezboxAnswering([documented('payments.get.ok')])
    expect(await operations['payments.list'](client, filters)).toMatchObject([{ id, state: 'succeeded' }])
    expect(sent()).toEqual([{ method: 'GET', path: '/payments/', query, maxBytes: MIB_20 }])
  })

  test('with their transactions', async () => {
    const { client, sent } = mybeezboxAnswering([{ id: 5, amount: '-10.5', kind: 'refund' }])
    const transactions = await operations['payments.transactions'](client, { id })
    expect(transactions).toEqual([{ id: '5', amount: eur(-1_050), details: { kind: 'refund' } }])
    expect(sent()).toEqual([{ method: 'GET', path: '/payments/{id}/transactions/', params: { id } }])
  })
})

describe('a payment request', () => {
  test.each([
    [{}, 'en'],
    [{ language: null }, 'en'],
    [{ language: 'fr' as const }, 'fr'],
  ])('that says %j of its language is made in %s', async (change, language) => {
    const { language: _, ...rest } = paymentWriteInputs['paymentRequests.create']
    const { client, sent } = mybeezboxAnswering(documented('paymentRequests.get.ok'))
    await operations['paymentRequests.create'](client, { ...rest, ...change })
    const body = json({ ...rest, amount: 100, language })
    expect(sent()).toEqual([{ method: 'POST', path: '/paymentrequests/', body }])
  })

  test('is read whole, as documented', async () => {
    const { client, sent } = mybeezboxAnswering(documented('paymentRequests.get.ok'))
    const at = '2022-06-16T12:00:00.000Z'
    expect(await operations['paymentRequests.get'](client, { id: '1' })).toEqual({
      id: '1',
      code: 'PRasdf1234',
      state: 'paid',
      provider_state: 'paid',
      amount: eur(10_000),
      reference: 'Reference #1',
      description: 'Bigger description of this payment request',
      customer: {},
      partner_uuid: 'baf5a0f2-4b5b-422d-9a1b-2fc636e89b45',
      origin: 'marketplace1',
      product: 'product_type',
      created_at: at,
      updated_at: at,
      details: {},
    })
    expect(sent()).toEqual([{ method: 'GET', path: '/paymentrequests/{id}/', params: { id: '1' } }])
  })

  test('is found by words, and is paid only when it says so', async () => {
    const { client, sent } = mybeezboxAnswering([{ id: 1, status: 'draft' }, { id: 2 }])
    const found = await operations['paymentRequests.list'](client, { search: 'Reference #1' })
    expect(found).toMatchObject([
      { id: '1', state: 'other', provider_state: 'draft' },
      { id: '2', state: 'other', provider_state: null },
    ])
    const query = { search: 'Reference #1' }
    expect(sent()).toEqual([{ method: 'GET', path: '/paymentrequests/', query, maxBytes: MIB_20 }])
  })

  test('has payments', async () => {
    const { client, sent } = mybeezboxAnswering([documented('payments.get.ok')])
    expect(await operations['paymentRequests.payments'](client, { id: '1' })).toMatchObject([{ id }])
    expect(sent()).toMatchObject([{ path: '/paymentrequests/{id}/payments/', params: { id: '1' } }])
  })

  test('may be for a cart of several products', async () => {
    const { client, sent } = mybeezboxAnswering(documented('carts.create.ok'))
    const draft = paymentWriteInputs['carts.create']
    expect(await operations['carts.create'](client, draft)).toMatchObject({ data: {}, details: {} })
    expect(sent()).toEqual([{ method: 'POST', path: '/multiproductcarts/', body: json(draft) }])
  })
})

describe('a payout request', () => {
  test.each([
    ['to be validated', 'to_be_validated'],
    ['cancelled', 'cancelled'],
    ['lost', 'other'],
    [null, 'other'],
  ])('that is told as %j is %s', async (status, state) => {
    const dates = { creation_date: '2022-06-16', validation_date: '2022-06-17' }
    const { client, sent } = mybeezboxAnswering({ id: 1, status, partner: 2, amount: '12.5', ...dates })
    expect(await operations['payoutRequests.get'](client, { id: '1' })).toEqual({
      id: '1',
      state,
      provider_state: status,
      partner_id: '2',
      partner_uuid: null,
      amount: eur(1_250),
      created_at: '2022-06-16T00:00:00.000Z',
      validated_at: '2022-06-17T00:00:00.000Z',
      details: {},
    })
    expect(sent()).toEqual([{ method: 'GET', path: '/payoutrequests/{id}/', params: { id: '1' } }])
  })

  test('pays out payments', async () => {
    const { client, sent } = mybeezboxAnswering([documented('payments.get.ok')])
    expect(await operations['payoutRequests.payments'](client, { id: '1' })).toMatchObject([{ id }])
    const path = '/payoutrequests/{id}/payments/'
    expect(sent()).toEqual([{ method: 'GET', path, params: { id: '1' } }])
  })

  test('is listed by days and state', async () => {
    const { client, sent } = mybeezboxAnswering([{ id: 1 }])
    const filters = { created_from: '2026-01-01', created_to: '2026-01-31', state: 'to_be_validated' }
    const found = await operations['payoutRequests.list'](client, filters)
    expect(found).toMatchObject([{ id: '1', state: 'other' }])
    const days = { creation_date__gte: '2026-01-01', creation_date__lte: '2026-01-31' }
    const query = { ...days, status: 'to be validated' }
    expect(sent()).toEqual([{ method: 'GET', path: '/payoutrequests/', query, maxBytes: MIB_20 }])
  })

  test.each(['payoutRequests.validate', 'payoutRequests.cancel'] as const)(
    '%s is done when the answer speaks of it',
    async operation => {
      for (const answer of [[], { id: 1 }, { status: 'ok' }, { detail: 'Done' }]) {
        const { client, sent } = mybeezboxAnswering(answer)
        expect(await operations[operation](client, { id: '1' })).toEqual({ id: '1' })
        expect(sent()).toMatchObject([{ method: 'POST', params: { id: '1' } }])
      }
      for (const answer of [{}, 'ok', null]) {
        const { client } = mybeezboxAnswering(answer)
        await expect(operations[operation](client, { id: '1' })).rejects.toMatchObject({
          facts: { outcome: 'unknown' },
        })
      }
    },
  )
})
