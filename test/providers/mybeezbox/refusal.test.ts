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

  it('keeps the documented sentence', () => {
    const detail = 'KYC has not been validated for this partner'
    expect(read({ status: 'error', detail, partner: 1, errors: [] })).toEqual({ message: detail })
  })

  it.each([null, '<html>', [], { detail: { deep: true } }])('survives %j', body => {
    expect(read(body)).toEqual({})
  })
})
