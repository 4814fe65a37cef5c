import { describe, expect, it } from 'vitest'
import { readMybeezboxRefusal } from '#providers/mybeezbox/refusal'

const read = (body: unknown) => readMybeezboxRefusal({ status: 400, headers: {}, body })

describe('a MyBeezBox refusal', () => {
  it('names the fields that it is about as we do', () => {
    const body = {
      name_en: ['This field is required.'],
      option: { name_fr: ['Blank.'] },
      images: [{ id: ['No.'] }],
      non_field_errors: ['Odd.'],
    }
    expect(read(body)).toEqual({
      fields: [
        { pointer: '/name/en', code: 'rejected', message: 'This field is required.' },
        { pointer: '/option/name_fr', code: 'rejected', message: 'Blank.' },
        { pointer: '/image_ids/0/id', code: 'rejected', message: 'No.' },
        { pointer: '', code: 'rejected', message: 'Odd.' },
      ],
    })
  })

  it.each([
    ['name_fr', '/name/fr'],
    ['partner_id', '/partner_id'],
    ['name_english', '/name_english'],
    ['iban', '/bank_account/iban'],
    ['amount', '/amount'],
  ])('calls %s %s: what ends in two letters is not always a language', (field, pointer) => {
    expect(read({ [field]: ['No.'] })).toEqual({ fields: [{ pointer, code: 'rejected', message: 'No.' }] })
  })

  it('is read as deep as requests go, and for fifty fields', () => {
    const nested = (depth: number): object => (depth === 0 ? ['No.'] : { in: nested(depth - 1) })
    expect(read({ a: nested(3) }).fields).toMatchObject([{ pointer: '/a/in/in/in' }])
    expect(read({ a: nested(4) })).toEqual({})
    const many = Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`f${index}`, ['No.']]))
    expect(read(many).fields).toHaveLength(50)
  })

  it('without words for a field says nothing of it', () => {
    expect(read({ amount: 7, name: null, type: 'odd' })).toEqual({})
  })

  it('keeps the documented sentence', () => {
    const detail = 'KYC has not been validated for this partner'
    expect(read({ status: 'error', detail, partner: 1, errors: [] })).toEqual({ message: detail })
  })

  it.each([null, '<html>', [], { detail: { deep: true } }])('survives %j', body => {
    expect(read(body)).toEqual({})
  })
})
