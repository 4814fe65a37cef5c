import { describe, expect, it } from 'vitest'
import { readMybeezboxRefusal } from '#providers/mybeezbox/refusal'

const read = (body: unknown) => readMybeezboxRefusal({ status: 400, headers: {}, body })

describe('a MyBeezBox refusal', () => {
  it('keeps the documented sentence', () => {
    const detail = 'KYC has not been validated for this partner'
    expect(read({ status: 'error', detail, partner: 1, errors: [] })).toEqual({ message: detail })
  })

  it.each([null, '<html>', [], { detail: { deep: true } }])('survives %j', body => {
    expect(read(body)).toEqual({})
  })
})
