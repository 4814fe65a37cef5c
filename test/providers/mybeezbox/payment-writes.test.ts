import { expect, test } from 'vitest'
import { ProviderError } from '#providers/provider-error'
import { openProvider } from '#test/conformance-runtime'
import { startProvider } from '#test/conformance-provider'
import { paymentWriteInputs } from '#test/conformance-payment-writes'
import { answersJson } from '#test/upstream'

async function facts(
  operation: 'payments.create' | 'payments.update' | 'payments.refund',
  answer: unknown,
  status: number,
) {
  const upstream = await startProvider('mybeezbox', answersJson(answer, status))
  const { runtime, context } = openProvider('mybeezbox', upstream.url)
  try {
    return await runtime.run(context, operation, paymentWriteInputs[operation])
  } catch (err) {
    if (err instanceof ProviderError) return err.facts
    throw err
  }
}

test.each(['payments.create', 'payments.update'] as const)(
  'a refusal of %s names the day of the payout as we do',
  async operation => {
    const body = { freeze_payout_date: ['Too early.'], amount: ['Too much.'] }
    expect(await facts(operation, body, 400)).toMatchObject({
      code: 'provider_rejected',
      outcome: 'refused',
      fields: [
        { pointer: '/freeze_payout_on', code: 'rejected', message: 'Too early.' },
        { pointer: '/amount', code: 'rejected', message: 'Too much.' },
      ],
    })
  },
)

test.each([[{ status: 'ko', detail: 'No.' }], [{ detail: 'Done' }], [{}], [[]]])(
  'a refund that is answered with %j may have been made',
  async answer => {
    expect(await facts('payments.refund', answer, 200)).toMatchObject({
      code: 'provider_error',
      outcome: 'unknown',
    })
  },
)
