import { describe, expect, it } from 'vitest'
import { readHousrRefusal } from '#providers/housr/refusal'
import { fixture } from '#test/fixture'

const read = (body: unknown, status = 400) => readHousrRefusal({ status, headers: {}, body })

describe('a Housr refusal', () => {
  it('offers the possible addresses as candidates', () => {
    const message = 'Address not found. Please select from possible addresses.'
    expect(read(fixture('housr', 'refusal.possible-addresses'))).toEqual({
      message,
      fields: [{ pointer: '/address', code: 'rejected', message }],
      candidates: [
        { address_id: 'GB|RM|B|2066825', label: '61 Bury Old Road Ainsworth, Bolton, BL2 5SD' },
        { address_id: 'GB|RM|B|14565601', label: '61 Bury Old Road Prestwich, Manchester, M25 0FG' },
      ],
    })
  })

  it.each([
    ['Tenant email already associated with a contract', 'already_associated'],
    ['Tenant email is required', 'rejected'],
    ['Invalid email format', 'rejected'],
  ])('puts %j at the e-mail of the one tenant that is sent, as %s', (message, code) => {
    expect(read({ status: 'error', message })).toEqual({
      message,
      fields: [{ pointer: '/tenants/0/email', code, message }],
    })
  })

  it.each([
    'Invalid API key',
    'Invalid date format (YYYY-MM-DD)',
    'Failed to store external Huddle contract',
  ])('blames no field for %j', message => {
    expect(read({ status: 'error', message })).toEqual({ message })
  })

  it('leaves out a possible address that cannot be read', () => {
    const possibleAddresses = [{ addressId: 7 }, { addressId: 'a', address: '1 High Street' }]
    expect(read({ error: 'no', possibleAddresses })).toEqual({
      message: 'no',
      candidates: [{ address_id: 'a', label: '1 High Street' }],
    })
  })

  it.each([null, '<html>', [], { message: null, possibleAddresses: 'none' }])('survives %j', body => {
    expect(read(body, 500)).toEqual({})
  })
})
