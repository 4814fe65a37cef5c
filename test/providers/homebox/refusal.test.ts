import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pointerOf, readHomeboxRefusal } from '#providers/homebox/refusal'

const read = (body: unknown, status = 422) => readHomeboxRefusal({ status, headers: {}, body })

describe('a Homebox refusal', () => {
  it('names our fields for theirs', () => {
    const message = 'The given data was invalid.'
    const errors = {
      tenancy_start: ['The tenancy start does not match the format d/m/y.'],
      'tenants.0.email_address': ['The email must be valid.', 'The email is too long.'],
    }
    expect(read({ message, errors })).toEqual({
      message,
      fields: [
        {
          pointer: '/tenancy/start_date',
          code: 'rejected',
          message: 'The tenancy start does not match the format d/m/y.',
        },
        { pointer: '/tenants/0/email', code: 'rejected', message: 'The email must be valid.' },
        { pointer: '/tenants/0/email', code: 'rejected', message: 'The email is too long.' },
      ],
    })
  })

  it.each([
    ['postcode', '/address/postcode'],
    ['address.postcode', '/address/postcode'],
    ['address.line1', '/address/line_1'],
    ['housemates', '/occupants'],
    ['total_occupants', '/occupants'],
    ['is_student', '/household_type'],
    ['tenancy_move_in', '/tenancy/move_in_date'],
    ['sort_code', '/bank_account/sort_code'],
    ['billing_address.line2', '/billing_address/line_2'],
    ['birthday', '/date_of_birth'],
    ['bills.1.account_number', '/bills/1/account_number'],
    ['add_ons.0', '/add_ons/0'],
    ['package_id', '/package_id'],
    ['reference', ''],
    ['toString', ''],
    ['tenants.0.shoe_size', ''],
  ])('puts %s at %j', (field, pointer) => {
    expect(pointerOf(field)).toBe(pointer)
  })

  it('takes one sentence where a list is expected', () => {
    expect(read({ errors: { coupon: 'Unknown coupon.' } })).toEqual({
      fields: [{ pointer: '/coupon', code: 'rejected', message: 'Unknown coupon.' }],
    })
  })

  it.each([
    null,
    undefined,
    'Service Unavailable',
    [],
    { message: '' },
    { message: { text: 'no' } },
    { errors: [] },
    { errors: { postcode: [null, { deep: 1 }] } },
  ])('survives %j', body => {
    expect(read(body, 500)).toEqual({})
  })

  it('never throws and never invents a pointer, whatever the body', () => {
    fc.assert(
      fc.property(fc.json(), text => {
        const { fields = [] } = read(JSON.parse(text))
        expect(fields.every(field => field.pointer === '' || field.pointer.startsWith('/'))).toBe(true)
      }),
    )
  })
})
