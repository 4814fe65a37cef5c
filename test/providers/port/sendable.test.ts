import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { needed, sendable, withoutNulls } from '#providers/port/sendable'

const Body = z.object({ name: needed(z.string().max(3)), rooms: z.array(z.object({ size: z.int().min(1) })) })
const send = (input: { name: string | null; rooms: { size: number }[] }) =>
  sendable('homebox', 'leads.create', Body, input)

describe('what a provider can be told', () => {
  it('is what the schema makes of it', () => {
    expect(send({ name: 'Ann', rooms: [{ size: 2 }] })).toEqual({ name: 'Ann', rooms: [{ size: 2 }] })
  })

  it('is refused with one error for each field, in the names of the input', () => {
    expect(() => send({ name: null, rooms: [{ size: 2 }, { size: 0 }] })).toThrow(
      expect.objectContaining({
        facts: expect.objectContaining({
          provider: 'homebox',
          operation: 'leads.create',
          code: 'validation_failed',
          outcome: 'not_sent',
          fields: [
            { pointer: '/name', code: 'required', message: 'is required by this provider' },
            expect.objectContaining({ pointer: '/rooms/1/size', code: 'too_small' }),
          ],
        }),
      }),
    )
  })

  it('is never repeated in the error', () => {
    expect(() => send({ name: 'secret name', rooms: [] })).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('secret') }),
    )
  })

  it('holds no field without a value', () => {
    expect(withoutNulls({ a: '1', b: null, c: '' })).toEqual({ a: '1', c: '' })
  })
})
