import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Address } from '#contract/addresses'
import { createDatabase, type Database } from '#db/client'
import { ensureProperty } from '#properties/ensure-property'
import { createTestDatabase, type TestDatabase } from '#test/database'
import { newUuid } from '#values/ids'

let server: TestDatabase
let database: Database
let scope: { accountId: string; mode: 'test' }
beforeAll(async () => {
  server = await createTestDatabase()
  database = createDatabase({ connectionString: server.url })
})
beforeEach(() => {
  scope = { accountId: newUuid(), mode: 'test' }
})
afterAll(async () => {
  await database.close()
  await server.drop()
})

const lane: Address = {
  line_1: '5 Test Lane',
  line_2: null,
  city: 'London',
  county: null,
  postcode: 'EC1V 2NX',
  address_id: null,
  uprn: null,
  umprn: null,
  udprn: null,
}
const at = new Date('2027-01-01T00:00:00.000Z')

/** The property of a house that is named so. */
function named(changes: Partial<Address>, propertyReference: string | null = null, whose = scope) {
  const house = { address: { ...lane, ...changes }, propertyReference, at }
  return database.transaction(tx => ensureProperty(tx, whose, house))
}
const withoutLines = { line_1: null, city: null }

describe('one house', () => {
  test.each([
    ['the same lines', {}, { line_1: '5 TEST LANE,', postcode: 'EC1V2NX' }],
    ['the same UPRN, whatever its lines', { uprn: '100' }, { line_1: 'The Old Mill', uprn: '100' }],
    ['a UPRN with zeros before it', { uprn: '100' }, { ...withoutLines, uprn: '000100' }],
    ['lines that are known with their UPRN', { uprn: '100' }, {}],
    ['a UPRN that is learned for known lines', {}, { uprn: '100' }],
  ] as const)('is one property by %s', async (_how, first, second) => {
    const one = await named(first)
    expect(await named(second)).toBe(one)
    expect(one).not.toBeNull()
  })

  test('is found by a UPRN that was learned later', async () => {
    const one = await named({})
    await named({ uprn: '100' })
    expect(await named({ ...withoutLines, uprn: '100' })).toBe(one)
  })

  test('is found by lines that were learned later', async () => {
    const one = await named({ ...withoutLines, uprn: '100' })
    await named({ uprn: '100' })
    expect(await named({})).toBe(one)
    const { rows } = await database.sql.query('SELECT address FROM properties WHERE id = $1', [one])
    expect(rows).toMatchObject([{ address: { line_1: '5 Test Lane', city: 'London' } }])
  })

  test('keeps the newest reference that was given', async () => {
    const one = await named({}, 'first')
    await named({}, 'second')
    await named({}, null)
    const { rows } = await database.sql.query('SELECT property_reference FROM properties WHERE id = $1', [
      one,
    ])
    expect(rows).toEqual([{ property_reference: 'second' }])
  })

  test('is written to only where something new is said of it', async () => {
    const [uprn, reference] = ['100', 'A1']
    const one = await named({ uprn }, reference)
    const version = async () =>
      (await database.sql.query('SELECT xmin::text, updated_at FROM properties WHERE id = $1', [one])).rows
    const first = await version()
    for (const again of [{ uprn }, { line_1: 'Another way to say it', uprn }, { ...withoutLines, uprn }])
      expect(await named(again, reference)).toBe(one)
    expect(await named({ uprn })).toBe(one)
    expect(await version()).toEqual(first)
    await named({ uprn, county: 'Kent' }, reference)
    expect(await version()).not.toEqual(first)
  })

  test('is made once however many name it at the same time', async () => {
    const made = await Promise.all(Array.from({ length: 8 }, () => named({})))
    expect(new Set(made).size).toBe(1)
  })
})

describe('two houses', () => {
  test.each([
    ['other lines', {}, { line_1: '6 Test Lane' }],
    ['another postcode', {}, { postcode: 'EC1V 2NY' }],
    ['two UPRNs behind the same lines', { uprn: '100' }, { uprn: '101' }],
  ] as const)('are told apart by %s', async (_how, first, second) => {
    expect(await named(second)).not.toBe(await named(first))
  })

  test('are those of two accounts', async () => {
    const other = { accountId: newUuid(), mode: 'test' as const }
    expect(await named({}, null, other)).not.toBe(await named({}))
  })
})

test('an address id alone tells no house', async () => {
  expect(await named({ line_1: null, address_id: 'UN5Iu2KV9zOVJbacTYozt' })).toBeNull()
})
