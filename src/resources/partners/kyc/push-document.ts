import type { z } from 'zod'
import { KycDocument, type KycDocumentRequest } from '#contract/kyc'
import type { PreviewQuery } from '#contract/vocabulary'
import { type Answer, respond } from '#http/answer'
import type { Call } from '#http/caller'
import { performOrPreview } from '#resources/provider-objects/perform-once'
import { shown } from '#resources/provider-objects/show'
import type { Services } from '#services'

interface Push {
  readonly partnerUuid: string
  readonly body: z.output<typeof KycDocumentRequest>
  readonly query: z.output<typeof PreviewQuery>
}

/** Hands over a document: received whole and checked, written down without it, sent once. */
export function pushDocument(
  services: Services,
  call: Call,
  { partnerUuid, body: { type, comment, file }, query }: Push,
): Promise<Answer> {
  const { path, filename, contentType } = file
  return performOrPreview(services, call, query, {
    operation: 'kyc.pushDocument',
    input: { partner_uuid: partnerUuid, type, comment, file: { path, filename, contentType } },
    done: document => respond(KycDocument, shown(call, 'kyc_document', document), { status: 201 }),
  })
}
