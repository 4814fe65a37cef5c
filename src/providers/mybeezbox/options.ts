import { z } from 'zod'
import { orNull, OptionalText } from '#providers/answer-schemas'
import type { MybeezboxClient } from '#providers/mybeezbox/client'
import {
  decimalOf,
  detailed,
  Id,
  Ids,
  OptionalEuros,
  OptionalFlag,
  OptionalId,
  OptionalNumber,
  spellTranslations,
  translationsOf,
  WHOLE_ARRAY_BYTES,
} from '#providers/mybeezbox/dialect'
import type { Implements } from '#providers/port/index'
import type { OptionDraft, ProviderOption } from '#providers/port/options'
import { withoutNulls } from '#providers/port/sendable'

export const Option = detailed(
  {
    id: Id,
    selling_price: OptionalEuros,
    is_active: OptionalFlag,
    countable: OptionalFlag,
    is_global: OptionalFlag,
    ranking: OptionalNumber,
    partner: OptionalId,
    partner_uuid: OptionalText,
    voucher_prototypes_ids: Ids,
    category_id: OptionalId,
  },
  raw => ({ name: translationsOf(raw, 'name'), description: translationsOf(raw, 'description') }),
)

/** The update answers something else than the option. */
const Chosen = detailed(
  {
    id: Id,
    count: OptionalNumber,
    included: OptionalFlag,
    option: orNull(z.record(z.string(), z.unknown())),
  },
  () => ({}),
)

export const mybeezboxOptions = {
  'options.create': async (client, draft) => {
    const body = { kind: 'json', value: toFields(draft) } as const
    return fromOption(await client.call('options.create', { body }, Option))
  },
  'options.list': async client => {
    const request = { maxBytes: WHOLE_ARRAY_BYTES }
    return (await client.call('options.list', request, z.array(Option))).map(fromOption)
  },
  'options.get': async (client, { id }) =>
    fromOption(await client.call('options.get', { params: { id } }, Option)),
  'options.update': (client, { id, changes }) => {
    const request = { params: { id }, body: { kind: 'json', value: changes } } as const
    return client.call('options.update', request, Chosen)
  },
} satisfies Implements<MybeezboxClient>

function toFields({ name, description, selling_price, prototype_ids, category_id, ...plain }: OptionDraft) {
  return {
    ...spellTranslations({ name, description }),
    ...withoutNulls<unknown>({
      ...plain,
      selling_price: decimalOf(selling_price),
      voucher_prototypes_ids: prototype_ids?.map(Number) ?? null,
      category_id: category_id ? Number(category_id) : null,
    }),
  }
}

export function fromOption({
  partner,
  voucher_prototypes_ids,
  ...option
}: z.output<typeof Option>): ProviderOption {
  return { ...option, partner_id: partner, prototype_ids: voucher_prototypes_ids }
}
