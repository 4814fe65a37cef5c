import { z } from 'zod'
import { OptionalText } from '#providers/answer-schemas'
import type { MybeezboxClient } from '#providers/mybeezbox/client'
import { detailed, Id, OptionalEuros, OptionalInstant, WHOLE_ARRAY_BYTES } from '#providers/mybeezbox/dialect'
import type { ProviderGiftcard } from '#providers/port/giftcards'
import type { Implements } from '#providers/port/index'

const Giftcard = detailed(
  {
    id: Id,
    code: OptionalText,
    status: OptionalText,
    created_on: OptionalInstant,
    expires_on: OptionalInstant,
    value: OptionalEuros,
    remaining_value: OptionalEuros,
    gifter_first_name: OptionalText,
    gifter_last_name: OptionalText,
  },
  () => ({}),
)

export const mybeezboxGiftcards = {
  'giftcards.list': async client => {
    const request = { maxBytes: WHOLE_ARRAY_BYTES }
    return (await client.call('giftcards.list', request, z.array(Giftcard))).map(fromGiftcard)
  },
  'giftcards.get': async (client, { id }) =>
    fromGiftcard(await client.call('giftcards.get', { params: { id } }, Giftcard)),
  'giftcards.getByCode': async (client, { code }) =>
    fromGiftcard(await client.call('giftcards.getByCode', { params: { code } }, Giftcard)),
} satisfies Implements<MybeezboxClient>

/** Of its statuses the document shows `paid` alone. */
function fromGiftcard({
  status,
  created_on,
  expires_on,
  ...card
}: z.output<typeof Giftcard>): ProviderGiftcard {
  return {
    ...card,
    state: status === 'paid' ? 'paid' : 'other',
    provider_state: status,
    created_at: created_on,
    expires_at: expires_on,
  }
}
