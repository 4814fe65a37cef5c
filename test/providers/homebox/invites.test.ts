import { describe, expect, it } from 'vitest'
import { homebox } from '#providers/homebox/index'
import { fixture } from '#test/fixture'
import { recordingUpstream } from '#test/recording-upstream'

const { operations } = homebox
const headers = { accept: 'application/json', authorization: 'Bearer sandbox-token' }
function connect(answer: unknown) {
  const upstream = recordingUpstream(answer)
  return { upstream, client: homebox.connect({ token: 'sandbox-token' }, upstream) }
}
const invite = { first_name: 'John', last_name: 'Appleseed', phone: '+441234567890' }
const added = { data: ['Tenant was successfully added to order 1'] }

describe('invites at Homebox', () => {
  it('are sent with names and phone alone', async () => {
    const { upstream, client } = connect(added)
    await operations['invites.create'](client, { order_id: '31', branch_id: null, invite })
    expect(upstream.requests).toEqual([
      {
        method: 'POST',
        path: '/api/partner/order/{order_id}/invite',
        params: { order_id: '31' },
        headers,
        body: {
          kind: 'json',
          value: { first_name: 'John', last_name: 'Appleseed', phone_number: '+441234567890' },
        },
      },
    ])
  })

  it('are sent through the branch for an order of a branch', async () => {
    const { upstream, client } = connect(added)
    await operations['invites.create'](client, { order_id: '31', branch_id: '30', invite })
    expect(upstream.requests[0]).toMatchObject({
      path: '/api/partner/child/{child_id}/order/{order_id}/invite',
      params: { child_id: '30', order_id: '31' },
    })
  })

  it('are of unknown outcome after an answer of another shape', async () => {
    const { client } = connect({ message: 'queued' })
    const call = operations['invites.create'](client, { order_id: '31', branch_id: null, invite })
    await expect(call).rejects.toMatchObject({ facts: { outcome: 'unknown' } })
  })

  it('are listed with the count of texts, which comes as text', async () => {
    const { upstream, client } = connect(fixture('homebox', 'invites.list.ok'))
    expect(await operations['invites.list'](client, { order_id: '31' })).toEqual([
      { id: '61', first_name: 'Jane', last_name: 'Smith', phone: '+441234567890', times_sent: 1 },
    ])
    expect(upstream.requests).toEqual([
      { method: 'GET', path: '/api/partner/order/{order_id}/invite', params: { order_id: '31' }, headers },
    ])
  })

  it('are deleted', async () => {
    const { upstream, client } = connect({ message: 'Invite has been deleted' })
    await operations['invites.delete'](client, { order_id: '31', invite_id: '61' })
    expect(upstream.requests).toEqual([
      {
        method: 'DELETE',
        path: '/api/partner/order/{order_id}/invite/{invite_id}',
        params: { order_id: '31', invite_id: '61' },
        headers,
      },
    ])
  })
})
