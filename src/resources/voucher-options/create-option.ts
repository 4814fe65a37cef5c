import type { z } from 'zod'
import type { PreviewQuery } from '#contract/vocabulary'
import { VoucherOption, type VoucherOptionRequest } from '#contract/voucher-options'
import { type Answer, respond } from '#http/answer'
import type { Call } from '#http/caller'
import { performOrPreview } from '#resources/provider-objects/perform-once'
import { madeNow } from '#resources/provider-objects/show'
import { OPTION } from '#resources/voucher-options/read-options'
import type { Services } from '#services'

/** Makes an option: written down first, sent once. */
export function createOption(
  services: Services,
  call: Call,
  { metadata, ...input }: z.output<typeof VoucherOptionRequest>,
  query: z.output<typeof PreviewQuery>,
): Promise<Answer> {
  return performOrPreview(services, call, query, {
    operation: 'options.create',
    input,
    about: { kind: OPTION, metadata },
    done: option => {
      const headers = { location: `/v1/voucher-options/${option.id}` }
      return respond(VoucherOption, madeNow(call, OPTION, option, metadata), { status: 201, headers })
    },
  })
}
