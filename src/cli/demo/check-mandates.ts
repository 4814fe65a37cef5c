import { correctedAccount } from '#cli/demo/household'
import { demand, type Stage } from '#cli/demo/stage'
import type { Order } from '#contract/orders'
import { Mandate } from '#contract/tenants'

/** Looks at the direct debits of both payers, and corrects the one that the bank rejected. */
export async function checkMandates({ api, say, table }: Stage, order: Order): Promise<readonly Mandate[]> {
  const payers = order.tenants.filter(({ provider_ids }) => provider_ids.length > 0)
  demand(payers.length === 2, `${payers.length} tenants pay at the provider, not two`)
  const pathOf = (tenantId: string) => `/v1/orders/${order.id}/tenants/${tenantId}/mandate` as const
  const mandates = await Promise.all(
    payers.map(async ({ id }) => (await api.call(`GET ${pathOf(id)}`, Mandate)).body),
  )
  const rejected = mandates.find(({ status }) => status === 'rejected')
  demand(rejected !== undefined, 'no mandate is rejected, though the account number asks for it')
  const { body: corrected } = await api.call(`PATCH ${pathOf(rejected.tenant_id)}`, Mandate, {
    body: { bank_account: correctedAccount },
  })
  table(
    [{ title: 'payer' }, { title: 'mandate' }, { title: 'after a new account' }],
    mandates.map(mandate => [
      mandate.account_name ?? '',
      { text: mandate.status, style: mandate === rejected ? 'red' : 'green' },
      mandate === rejected ? corrected.status : '',
    ]),
  )
  demand(corrected.status !== 'rejected', 'the mandate is rejected with the new account too')
  say('Bank details are passed on and kept nowhere.')
  return mandates.map(mandate => (mandate === rejected ? corrected : mandate))
}
