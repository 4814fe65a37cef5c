import { describe, expect, it } from 'vitest'
import { homebox } from '#providers/homebox/index'
import { mandateStatuses } from '#providers/port/mandates'
import { recordingUpstream } from '#test/recording-upstream'

const { operations } = homebox
const headers = { accept: 'application/json', authorization: 'Bearer sandbox-token' }
const at = { order_id: '31', tenant_id: '51' }
function connect(answer: unknown) {
  const upstream = recordingUpstream(answer)
  return { upstream, client: homebox.connect({ token: 'sandbox-token' }, upstream) }
}
const bank_account = { account_name: 'Jane Smith', account_number: '12345678', sort_code: '123456' }

describe('mandates at Homebox', () => {
  it('are read with their name and status', async () => {
    const { upstream, client } = connect({ data: { name: 'Jane Smith', status: 'active' } })
    expect(await operations['mandates.get'](client, at)).toEqual({
      account_name: 'Jane Smith',
      status: 'active',
      provider_status: 'active',
    })
    expect(upstream.requests).toEqual([
      {
        method: 'GET',
        path: '/api/partner/order/{order_id}/tenant/{tenant_id}/mandate',
        params: at,
        headers,
      },
    ])
  })

  it.each(mandateStatuses)('may be %s', async status => {
    const { client } = connect({ data: { name: null, status } })
    expect((await operations['mandates.get'](client, at)).status).toBe(status)
  })

  it('are other where the word is new, and keep it', async () => {
    const { client } = connect({ data: { name: 'Jane Smith', status: 'frozen' } })
    expect(await operations['mandates.get'](client, at)).toMatchObject({
      status: 'other',
      provider_status: 'frozen',
    })
  })

  it('are replaced by new bank details', async () => {
    const { upstream, client } = connect({ data: { name: 'Jane Smith', status: 'pending' } })
    const mandate = await operations['mandates.update'](client, { ...at, bank_account })
    expect(mandate.status).toBe('pending')
    expect(upstream.requests).toEqual([
      {
        method: 'PATCH',
        path: '/api/partner/order/{order_id}/tenant/{tenant_id}/mandate',
        params: at,
        headers,
        body: { kind: 'json', value: bank_account },
      },
    ])
  })

  it.each([
    ['account_name', 'J'],
    ['account_name', 'Jane Smith the Second'],
    ['account_number', '1234567'],
    ['sort_code', '12345'],
    ['sort_code', '12-34-56'],
  ])('are not sent when %s is %j, and the error does not repeat it', async (field, value) => {
    const { upstream, client } = connect({})
    const input = { ...at, bank_account: { ...bank_account, [field]: value } }
    const call = operations['mandates.update'](client, input)
    await expect(call).rejects.toMatchObject({
      facts: { code: 'validation_failed', fields: [{ pointer: `/bank_account/${field}` }] },
    })
    await expect(call).rejects.toSatisfy(err => !JSON.stringify(err).includes(`"${value}"`))
    expect(upstream.requests).toEqual([])
  })
})
