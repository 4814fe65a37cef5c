import type { z } from 'zod'
import type { PreviewQuery } from '#contract/vocabulary'
import { VoucherOptionCategory, type VoucherOptionCategoryInput } from '#contract/voucher-option-categories'
import { type Answer, respond } from '#http/answer'
import type { Call } from '#http/caller'
import { performOrPreview } from '#resources/provider-objects/perform-once'
import { madeNow } from '#resources/provider-objects/show'
import { CATEGORY } from '#resources/voucher-option-categories/read-categories'
import type { Services } from '#services'

/** Makes an option category: written down first, sent once. */
export function createCategory(
  services: Services,
  call: Call,
  { metadata, ...input }: z.output<typeof VoucherOptionCategoryInput>,
  query: z.output<typeof PreviewQuery>,
): Promise<Answer> {
  return performOrPreview(services, call, query, {
    operation: 'categories.create',
    input,
    about: { kind: CATEGORY, metadata },
    done: category => {
      const headers = { location: `/v1/voucher-option-categories/${category.id}` }
      return respond(VoucherOptionCategory, madeNow(call, CATEGORY, category, metadata), {
        status: 201,
        headers,
      })
    },
  })
}
