import { z } from 'zod'
import { OptionalText, orNull } from '#providers/answer-schemas'
import type { HomeboxClient } from '#providers/homebox/client'
import { onBehalfOf } from '#providers/homebox/client'
import { dataList, HomeboxId } from '#providers/homebox/dialect'
import { AddedAnswer, AnsweredPhone } from '#providers/homebox/incoming'
import type { Implements } from '#providers/port/index'
import type { InviteDraft, ProviderInvite } from '#providers/port/invites'

const Invite = z.object({
  id: HomeboxId,
  first_name: OptionalText,
  last_name: OptionalText,
  phone_number: AnsweredPhone,
  total_sent: orNull(
    z.union([
      z.int(),
      z
        .string()
        .regex(/^\d{1,9}$/)
        .transform(Number),
    ]),
  ),
})
const InvitesAnswer = z.object({ data: dataList(z.array(Invite)) })

const INVITES = {
  own: '/api/partner/order/{order_id}/invite',
  branch: '/api/partner/child/{child_id}/order/{order_id}/invite',
} as const

/** Chapters "Invite Bill Payer" to "Delete Invite", and "Invite Bill Payers to Branch Tenant Package". */
export const homeboxInvites = {
  'invites.create': async (client, { order_id, branch_id, invite }) => {
    await client.post(onBehalfOf(branch_id, INVITES, { order_id }), toHomeboxInvite(invite), AddedAnswer)
  },
  'invites.list': async (client, { order_id }) => {
    const { data } = await client.get({ path: INVITES.own, params: { order_id } }, InvitesAnswer)
    return data.map(fromHomeboxInvite)
  },
  'invites.delete': (client, params) => client.delete({ path: `${INVITES.own}/{invite_id}`, params }),
} satisfies Implements<HomeboxClient>

function toHomeboxInvite({ first_name, last_name, phone }: InviteDraft) {
  return { first_name, last_name, phone_number: phone }
}

function fromHomeboxInvite(invite: z.output<typeof Invite>): ProviderInvite {
  const { id, first_name, last_name, phone_number, total_sent } = invite
  return { id, first_name, last_name, phone: phone_number, times_sent: total_sent }
}
