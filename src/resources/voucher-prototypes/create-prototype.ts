import type { z } from 'zod'
import type { PreviewQuery } from '#contract/vocabulary'
import { VoucherPrototype, type VoucherPrototypeRequest } from '#contract/voucher-prototypes'
import { type Answer, respond } from '#http/answer'
import type { Call } from '#http/caller'
import { performOrPreview } from '#resources/provider-objects/perform-once'
import { madeNow } from '#resources/provider-objects/show'
import { PROTOTYPE } from '#resources/voucher-prototypes/read-prototypes'
import type { Services } from '#services'

/** Makes a prototype: written down first, sent once. */
export function createPrototype(
  services: Services,
  call: Call,
  { metadata, ...input }: z.output<typeof VoucherPrototypeRequest>,
  query: z.output<typeof PreviewQuery>,
): Promise<Answer> {
  return performOrPreview(services, call, query, {
    operation: 'prototypes.create',
    input,
    about: { kind: PROTOTYPE, metadata },
    done: prototype => {
      const headers = { location: `/v1/voucher-prototypes/${prototype.id}` }
      return respond(VoucherPrototype, madeNow(call, PROTOTYPE, prototype, metadata), {
        status: 201,
        headers,
      })
    },
  })
}
