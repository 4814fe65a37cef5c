import { describe, expect, it } from 'vitest'
import { homebox } from '#providers/homebox/index'
import { LOGO } from '#test/conformance-portfolio'
import { fixture } from '#test/fixture'
import { recordingUpstream } from '#test/recording-upstream'

const { operations } = homebox
const headers = { accept: 'application/json', authorization: 'Bearer sandbox-token' }
function connect(answer: unknown) {
  const upstream = recordingUpstream(answer)
  return { upstream, client: homebox.connect({ token: 'sandbox-token' }, upstream) }
}
const draft = {
  name: 'Child Partner',
  email: 'child.partner1@example.com',
  theme_color_primary: '#000000',
  reference_number: '123456789',
  logo: { path: LOGO, filename: 'logo.png', contentType: 'image/png' },
}

describe('branches at Homebox', () => {
  it('are created by a form with the logo', async () => {
    const { upstream, client } = connect(fixture('homebox', 'branches.create.ok'))
    expect(await operations['branches.create'](client, draft)).toEqual({ id: '30' })
    const { logo, ...fields } = draft
    expect(upstream.requests).toEqual([
      {
        method: 'POST',
        path: '/api/partner/child/store',
        headers,
        body: { kind: 'multipart', fields, files: { image_path: logo } },
      },
    ])
  })

  it('are created without what is absent', async () => {
    const { upstream, client } = connect(fixture('homebox', 'branches.create.ok'))
    const absent = { theme_color_primary: null, reference_number: null, logo: null }
    await operations['branches.create'](client, { ...draft, ...absent })
    const fields = { name: draft.name, email: draft.email }
    expect(upstream.requests[0]?.body).toEqual({ kind: 'multipart', fields, files: {} })
  })

  it('are listed page by page', async () => {
    const { upstream, client } = connect(fixture('homebox', 'branches.list.ok'))
    const { items } = await operations['branches.list'](client, { page: 2 })
    expect(items).toEqual([
      {
        id: '31',
        name: 'Child Partner',
        theme_color_primary: '#000000',
        logo_url: '...',
        reference_number: '123456789',
        management_fee: null,
      },
    ])
    const query = { page: '2' }
    expect(upstream.requests).toEqual([{ method: 'GET', path: '/api/partner/child', query, headers }])
  })

  it('are read one by one', async () => {
    const { upstream, client } = connect(fixture('homebox', 'branches.get.ok'))
    expect(await operations['branches.get'](client, { branch_id: '30' })).toMatchObject({ id: '30' })
    const request = { method: 'GET', path: '/api/partner/child/{id}', params: { id: '30' }, headers }
    expect(upstream.requests).toEqual([request])
  })

  it('are changed by POST, and answer a list of one', async () => {
    const { upstream, client } = connect(fixture('homebox', 'branches.update.ok'))
    const changes = { name: 'Child Partner Renamed' }
    const changed = await operations['branches.update'](client, { branch_id: '30', changes })
    expect(changed).toMatchObject({ id: '30', name: 'Child Partner Renamed', management_fee: '25' })
    expect(upstream.requests).toEqual([
      {
        method: 'POST',
        path: '/api/partner/child/{id}',
        params: { id: '30' },
        headers,
        body: { kind: 'json', value: changes },
      },
    ])
  })
})

describe('the account at Homebox', () => {
  const path = '/api/partner/account'

  it('is read', async () => {
    const { upstream, client } = connect(fixture('homebox', 'account.get.ok'))
    expect(await operations['account.get'](client)).toEqual({
      name: 'Partner Account',
      management_fee: '10',
      reference_number: 'PARTNER1',
      logo_url: '...',
      theme_color_primary: '#000000',
      slug: null,
    })
    expect(upstream.requests).toEqual([{ method: 'GET', path, headers }])
  })

  it('is changed by POST, only by what changes', async () => {
    const { upstream, client } = connect(fixture('homebox', 'account.update.ok'))
    const changes = { name: 'Partner Account Renamed', theme_color_primary: '#000000' }
    const changed = await operations['account.update'](client, { changes })
    expect(changed).toMatchObject({ name: 'Partner Account Renamed', slug: 'partner-account-renamed' })
    const body = { kind: 'json', value: changes }
    expect(upstream.requests).toEqual([{ method: 'POST', path, headers, body }])
  })
})
