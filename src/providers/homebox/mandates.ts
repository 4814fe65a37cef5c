import { z } from 'zod'
import { OptionalText } from '#providers/answer-schemas'
import type { HomeboxClient } from '#providers/homebox/client'
import { dataObject } from '#providers/homebox/dialect'
import type { Implements } from '#providers/port/index'
import type { ProviderMandate } from '#providers/port/mandates'
import { mandateStatuses } from '#providers/port/mandates'
import { sendable } from '#providers/port/sendable'

const MandateAnswer = z.object({ data: dataObject(z.object({ name: OptionalText, status: z.string() })) })

const MANDATE = '/api/partner/order/{order_id}/tenant/{tenant_id}/mandate'

export const homeboxMandates = {
  'mandates.get': async (client, params) => {
    const { data } = await client.get({ path: MANDATE, params }, MandateAnswer)
    return fromHomeboxMandate(data)
  },
  'mandates.update': async (client, { order_id, tenant_id, ...input }) => {
    const { bank_account } = sendable('homebox', 'mandates.update', MandateBody, input)
    const target = { path: MANDATE, params: { order_id, tenant_id } }
    const { data } = await client.patch(target, bank_account, MandateAnswer)
    return fromHomeboxMandate(data)
  },
} satisfies Implements<HomeboxClient>

/** Chapter "Update Tenant Mandate". */
const MandateBody = z.object({
  bank_account: z.object({
    account_name: z.string().min(2).max(18),
    account_number: z.string().regex(/^\d{8}$/, 'must be 8 digits'),
    sort_code: z.string().regex(/^\d{6}$/, 'must be 6 digits'),
  }),
})

function fromHomeboxMandate(mandate: { name: string | null; status: string }): ProviderMandate {
  return {
    account_name: mandate.name,
    status: mandateStatuses.find(status => status === mandate.status) ?? 'other',
    provider_status: mandate.status,
  }
}
