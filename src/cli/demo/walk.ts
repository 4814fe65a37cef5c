import { checkMandates } from '#cli/demo/check-mandates'
import { loseAnswer, resolveOutcome } from '#cli/demo/lose-answer'
import { handOverLead, placeOrder } from '#cli/demo/place-order'
import { findAddress, priceHousehold } from '#cli/demo/price-household'
import { showMappings } from '#cli/demo/show-mappings'
import type { Recorder, Stage } from '#cli/demo/stage'

/** The whole story, each step checked. Throws at the first that does not come out as it must. */
export async function walk({ step }: Recorder, stage: Stage): Promise<void> {
  const address = await step('address', 'Three students look for their address', () => findAddress(stage))
  const quote = await step('quote', 'Every provider is asked at once; the offers side by side', () =>
    priceHousehold(stage, address),
  )
  const lead = await step('lead', 'The household is handed to the providers as a lead', () =>
    handOverLead(stage, quote),
  )
  const { order, invites } = await step('order', 'They order: two pay, one is invited', () =>
    placeOrder(stage, quote),
  )
  await step('mandates', 'One direct debit is rejected, and corrected', () => checkMandates(stage, order))
  const lost = await step('lost_answer', 'An answer is lost on the way, and nothing is ordered twice', () =>
    loseAnswer(stage, quote),
  )
  await step('resolve', 'Somebody asks Housr, and says what happened', () =>
    resolveOutcome(stage, lost.order),
  )
  const payers = order.tenants.filter(({ provider_ids }) => provider_ids.length > 0)
  const ours = [order, ...payers, ...invites, lead, lost.order].map(({ id }) => id)
  await step('mappings', 'Which of our objects is which of theirs', () => showMappings(stage, ours))
}
