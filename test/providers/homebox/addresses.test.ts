import { describe, expect, it } from 'vitest'
import { homebox } from '#providers/homebox/index'
import { fixture } from '#test/fixture'
import { recordingUpstream } from '#test/recording-upstream'

const search = homebox.operations['addresses.search']
const connect = (...answers: readonly unknown[]) => {
  const upstream = recordingUpstream(...answers)
  return { upstream, client: homebox.connect({ token: 'sandbox-token' }, upstream) }
}

describe('addresses.search at Homebox', () => {
  it('asks for the postcode without its space', async () => {
    const { upstream, client } = connect(fixture('homebox', 'addresses.search.found'))
    await search(client, { query: 'bn1 1ab' })
    expect(upstream.requests).toEqual([
      {
        method: 'GET',
        path: '/api/partner/address/find/{query}',
        params: { query: 'BN11AB' },
        headers: { accept: 'application/json', authorization: 'Bearer sandbox-token' },
      },
    ])
  })

  it('asks for free text as it is', async () => {
    const { upstream, client } = connect({ data: [] })
    await search(client, { query: ' 35 Ship Street, BN1 1AB ' })
    expect(upstream.requests[0]?.params).toEqual({ query: '35 Ship Street, BN1 1AB' })
  })

  it('answers every address with its id and label', async () => {
    const { client } = connect(fixture('homebox', 'addresses.search.found'))
    expect(await search(client, { query: 'BN1 1AB' })).toEqual([
      { address_id: 'UN5Iu2KV9zOVJbacTYozt', label: '35 Ship Street, Brighton, BN1 1AB' },
      { address_id: 'kFkwDze86qhQDpWc8v7Cd', label: '36 Ship Street, Brighton, BN1 1AB' },
      { address_id: 'o8dsMjMQAb2qOvVGfB66a', label: '37 Ship Street, Brighton, BN1 1AB' },
    ])
  })

  it('leaves out an address that cannot be read', async () => {
    const { client } = connect({ data: [{ address: '1 Ship Street' }, { address: 'A', address_id: 'b' }] })
    expect(await search(client, { query: 'BN1 1AB' })).toEqual([{ address_id: 'b', label: 'A' }])
  })

  it.each([{ data: [{}] }, {}, 'not json', null])('does not take %j for an answer', async answer => {
    const { client } = connect(answer)
    await expect(search(client, { query: 'BN1 1AB' })).rejects.toMatchObject({
      facts: { code: 'provider_error' },
    })
  })
})
