import { expect, test } from 'vitest'
import type { ProviderPayment } from '#providers/port/payments'
import { replacementAmong } from '#resources/orders/payments/look-for-replacement'

const sent = { order_id: '31', payment_id: '81', payment_method: 'bank_transfer' } as const

function payment(changes: Partial<ProviderPayment> = {}): ProviderPayment {
  return {
    id: '82',
    amount: { amount: 29000, currency: 'GBP' },
    status: 'pending',
    provider_status: 'pending',
    method: 'bank_transfer',
    attempt: 1,
    previous_attempt_id: '81',
    next_attempt_id: null,
    payer: { first_name: null, last_name: null, email: null },
    paid_at: null,
    created_at: null,
    ...changes,
  }
}

const replaced = payment({ id: '81', previous_attempt_id: null })

test('a payment that stands in for the replaced one is the one that was made', () => {
  const elsewhere = { ...sent, payment_id: '80' }
  const sight = replacementAmong([replaced, payment()], sent, [elsewhere])
  expect(sight).toEqual({ seen: 'it', providerIds: ['82'], value: payment() })
})

test('without one, nothing was made', () => {
  expect(replacementAmong([replaced], sent, [])).toEqual({ seen: 'nothing' })
})

test.each([
  ['of another method', [payment({ method: 'direct_debit' })], []],
  ['beside another one', [payment(), payment({ id: '83' })], []],
  ['that another operation may have asked for', [payment()], [sent]],
])('one %s proves nothing, and is named to whoever decides', (_name, payments, rivals) => {
  const hint = expect.stringContaining('82')
  expect(replacementAmong(payments, sent, rivals)).toEqual({ seen: 'doubt', hint })
})
