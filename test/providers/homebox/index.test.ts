import { describe, expect, it } from 'vitest'
import { homebox } from '#providers/homebox/index'
import { recordingUpstream } from '#test/recording-upstream'

describe('a Homebox connection', () => {
  it('is verified by reading the partner account', async () => {
    const upstream = recordingUpstream({ data: { name: 'Partner Account', management_fee: '10' } })
    await homebox.verify(homebox.connect({ token: 'sandbox-token' }, upstream))
    expect(upstream.requests).toEqual([
      {
        method: 'GET',
        path: '/api/partner/account',
        headers: { accept: 'application/json', authorization: 'Bearer sandbox-token' },
      },
    ])
  })

  it('is not verified by just any answer', async () => {
    const client = homebox.connect({ token: 'sandbox-token' }, recordingUpstream({ ok: true }))
    await expect(homebox.verify(client)).rejects.toMatchObject({ facts: { code: 'provider_error' } })
  })

  it.each([{}, { token: '' }, { token: 'two words' }, { token: 'line\r\nbreak' }, { token: 'a', more: 1 }])(
    'is not made from %j',
    credentials => {
      expect(homebox.credentials.safeParse(credentials).success).toBe(false)
    },
  )
})
