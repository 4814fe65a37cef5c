import { describe, expect, test } from 'vitest'
import { entryFromRow } from '#journal/entry'
import { newUuid } from '#values/ids'

const row = {
  id: newUuid(),
  account_id: newUuid(),
  mode: 'test',
  connection_id: newUuid(),
  provider: 'homebox',
  operation: 'tenants.delete',
  resource_prefix: 'operation',
  resource_id: newUuid(),
  subject_prefix: null,
  subject_id: null,
  seq: 1,
  state: 'planned',
  reconcile: 'by_scan',
  input: null,
  reference: null,
  provider_ids: [],
  error: null,
  hint: null,
  resolution: null,
  attempts: 0,
  fence: '7',
  lease_until: null,
  unknown_at: null,
  absent_at: null,
  created_at: new Date(0),
  settled_at: null,
}

describe('an operation out of the database', () => {
  test('counts its fence exactly', () => {
    expect(entryFromRow({ ...row, fence: '9007199254740993' }).fence).toBe(9_007_199_254_740_993n)
  })

  test('has a subject when both its kind and its id are known', () => {
    const uuid = newUuid()
    const subject = { subject_prefix: 'order', subject_id: uuid }
    expect(entryFromRow({ ...row, ...subject }).subject).toEqual({ prefix: 'order', uuid })
    expect(entryFromRow({ ...row, ...subject, subject_id: null }).subject).toBeNull()
    expect(entryFromRow({ ...row, ...subject, subject_prefix: null }).subject).toBeNull()
  })

  test('that this version does not know is no operation', () => {
    expect(() => entryFromRow({ ...row, operation: 'orders.fly' })).toThrow('orders.fly')
  })
})
