import type { z } from 'zod'
import { VoucherOptionCategory, type VoucherOptionCategoryInput } from '#contract/voucher-option-categories'
import { type Answer, respond } from '#http/answer'
import type { Call } from '#http/caller'
import { type Deed, performOnce, previewAt } from '#resources/provider-objects/perform-once'
import { madeNow } from '#resources/provider-objects/show'
import { CATEGORY } from '#resources/voucher-option-categories/read-categories'
import type { Services } from '#services'

type Wanted = z.output<typeof VoucherOptionCategoryInput>

function toDeed(call: Call, { metadata, ...input }: Wanted): Deed<'categories.create'> {
  return {
    operation: 'categories.create',
    input,
    about: { kind: CATEGORY, metadata },
    done: category =>
      respond(VoucherOptionCategory, madeNow(call, CATEGORY, category, metadata), {
        status: 201,
        headers: { location: `/v1/voucher-option-categories/${category.id}` },
      }),
  }
}

/** What making it would send. */
export function previewCategory(services: Services, call: Call, wanted: Wanted): Promise<Answer> {
  return previewAt(services, call, toDeed(call, wanted))
}

/** Makes an option category: written down first, sent once. */
export function createCategory(services: Services, call: Call, wanted: Wanted): Promise<Answer> {
  return performOnce(services, call, toDeed(call, wanted))
}
