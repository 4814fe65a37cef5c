import { expect, test } from 'vitest'
import { z } from 'zod'
import { zodWording } from '#http/zod-wording'

const messagesOf = (schema: z.ZodType, value: unknown) =>
  schema.safeParse(value, { error: zodWording }).error?.issues.map(({ message }) => message)

test.each([
  ['must be a string', z.string(), 4],
  ['must be a whole number', z.int(), 1.5],
  ['must be a number', z.number(), '4'],
  ['must be true or false', z.boolean(), 'yes'],
  ['must be an object', z.strictObject({}), []],
  ['must be an object', z.record(z.string(), z.string()), 'x'],
  ['must be an array', z.array(z.string()), {}],
  ['must be EUR', z.literal('EUR'), 'GBP'],
  ['must be one of gas, water', z.enum(['gas', 'water']), 'tea'],
  ['must be a UUID', z.uuid(), '1'],
  ['must be an e-mail address', z.email(), 'jane'],
  ['must be a time in UTC, as 2026-08-01T09:30:00Z', z.iso.datetime(), '2026-08-01'],
  ['must be at least 1', z.int().min(1), 0],
  ['must be more than 0', z.number().gt(0), 0],
  ['must be at most 50', z.number().max(50), 51],
  ['must be less than 1', z.number().lt(1), 1],
  ['must have at least 2 characters', z.string().min(2), 'x'],
  ['must have at most 3 characters', z.string().max(3), 'text'],
  ['must have at least 1 entries', z.array(z.string()).min(1), []],
])('says: %s', (message, schema, value) => {
  expect(messagesOf(schema, value)).toEqual([message])
})

test('leaves what a schema says itself, and what it has no words for', () => {
  expect(messagesOf(z.string({ error: 'must be a name' }), 4)).toEqual(['must be a name'])
  expect(messagesOf(z.set(z.string()).min(1), new Set())).toEqual([expect.stringMatching(/^Too small/)])
  expect(messagesOf(z.string().regex(/^a$/), 'b')).toEqual([expect.stringContaining('/^a$/')])
})
