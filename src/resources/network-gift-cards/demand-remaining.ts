import type { Call } from '#http/caller'
import { invalid } from '#http/problem-error'
import { ProviderError } from '#providers/provider-error'
import { askAboutOne } from '#resources/provider-objects/at-mybeezbox'
import type { Services } from '#services'
import type { Money } from '#values/money'

/** What remains on a card; null where nobody has confirmed how to ask for it, which using it does not need. */
async function remainingOn(services: Services, call: Call, code: string): Promise<Money | null> {
  try {
    return (await askAboutOne(services, call, 'networkGiftcards.getByCode', { code })).remaining_value
  } catch (err) {
    if (err instanceof ProviderError && err.facts.code === 'operation_not_configured') return null
    throw err
  }
}

/** Throws `not_found`, and `validation_failed` when it is known to be more than what remains on the card. */
export async function demandRemaining(
  services: Services,
  call: Call,
  code: string,
  wanted: Money,
): Promise<void> {
  const remaining = await remainingOn(services, call, code)
  if (!remaining || wanted.amount <= remaining.amount) return
  const message = `is more than what remains on the gift card: ${remaining.amount} cents`
  throw invalid({ pointer: '/value/amount', code: 'more_than_remains', message })
}
