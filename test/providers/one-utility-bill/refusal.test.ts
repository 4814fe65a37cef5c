import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pointerOf, readOneUtilityBillRefusal } from '#providers/one-utility-bill/refusal'
import { fixture } from '#test/fixture'

const read = (body: unknown, status = 422) => readOneUtilityBillRefusal({ status, headers: {}, body })

describe('a One Utility Bill refusal', () => {
  it('names our fields and keeps the request id', () => {
    expect(read(fixture('one-utility-bill', 'refusal.validation'))).toEqual({
      message: 'The postcode must be at least 5 characters. (and 3 more errors)',
      requestId: 'c36460cbd8f5ed91198066a9e870f0c5dfb11e3b',
      fields: [
        {
          pointer: '/address/postcode',
          code: 'rejected',
          message: 'The postcode must be at least 5 characters.',
        },
        { pointer: '/address/postcode', code: 'rejected', message: 'Postcode is malformed.' },
        {
          pointer: '/address/postcode',
          code: 'rejected',
          message: 'Postcode is not within England, Scotland or Wales.',
        },
        { pointer: '/occupants', code: 'rejected', message: 'The bed size must be at least 1.' },
      ],
    })
  })

  it('keeps the request id of a 401', () => {
    const meta = { request_id: '61da55be459854e09e8e4dad0574af85fb089239' }
    expect(read({ message: 'Unauthenticated.', meta }, 401)).toEqual({
      message: 'Unauthenticated.',
      requestId: '61da55be459854e09e8e4dad0574af85fb089239',
    })
  })

  it.each([
    ['tenancy_start_date', '/tenancy/start_date'],
    ['property.postcode', '/address/postcode'],
    ['property.address_line_1', '/address/line_1'],
    ['contact.email_address', '/tenants/0/email'],
    ['contact.phone_number', '/tenants/0/phone'],
    ['metadata.0.meta_value', '/source'],
    ['quote_id', '/offer_id'],
    ['constructor', ''],
  ])('puts %s at %j', (field, pointer) => {
    expect(pointerOf(field)).toBe(pointer)
  })

  it('never throws, whatever the body', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.json().map(text => JSON.parse(text)),
          fc.string(),
        ),
        body => {
          expect(read(body, 500)).toBeTypeOf('object')
        },
      ),
    )
  })

  it.each([null, undefined, '<html>', { message: 1, meta: null, errors: 'no' }])('survives %j', body => {
    expect(read(body, 502)).toEqual({})
  })
})
