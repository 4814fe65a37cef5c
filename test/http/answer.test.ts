import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { respond } from '#http/answer'

const Thing = z.object({ id: z.string(), price: z.int().nullable() })

describe('respond', () => {
  test('makes the bytes once, as JSON in UTF-8', () => {
    expect(respond(Thing, { id: 'ü', price: null })).toEqual({
      status: 200,
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: '{"id":"ü","price":null}',
    })
  })

  test('takes a status and further headers', () => {
    const answer = respond(
      Thing,
      { id: '1', price: 1 },
      { status: 201, headers: { location: '/v1/things/1' } },
    )
    expect(answer).toMatchObject({ status: 201, headers: { location: '/v1/things/1' } })
    expect(answer.headers['content-type']).toMatch(/^application\/json/)
  })

  test('lets nothing out that the contract does not name', () => {
    const row = { id: '1', price: 1, account_id: 'c4n4ry' }
    expect(respond(Thing, row).body).toBe('{"id":"1","price":1}')
  })

  test('refuses what the contract does not promise', () => {
    expect(() => respond(Thing, { id: '1', price: 1.5 })).toThrow(z.ZodError)
  })
})
