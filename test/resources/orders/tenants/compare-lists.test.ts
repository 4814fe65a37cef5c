import { describe, expect, test } from 'vitest'
import { compareLists, type KnownRow } from '#resources/orders/tenants/compare-lists'

interface Row extends KnownRow {
  readonly email: string | null
  readonly phone: string
}
interface Listed {
  readonly id: string
  readonly email: string
  readonly phone: string
}

const readAt = new Date('2026-08-01T12:00:00.000Z')
const before = new Date('2026-08-01T11:59:59.999Z')
const after = new Date('2026-08-01T12:00:00.001Z')

function row(uuid: string, changes: Partial<Row> = {}): Row {
  const unknown = { providerId: null, mappedAt: null, deletedAt: null, confirmed: true }
  return { uuid, email: 'a@example.com', phone: '+441', ...unknown, ...changes }
}
function mapped(uuid: string, providerId: string, changes: Partial<Row> = {}): Row {
  return row(uuid, { providerId, mappedAt: before, ...changes })
}
function listed(id: string, changes: Partial<Listed> = {}): Listed {
  return { id, email: 'a@example.com', phone: '+441', ...changes }
}

function compare(rows: readonly Row[], list: readonly Listed[]) {
  const likenesses = [
    (one: Row, other: Listed) => one.email === other.email && one.phone === other.phone,
    (one: Row, other: Listed) => one.email === other.email,
    (one: Row, other: Listed) => one.phone === other.phone,
  ]
  const { known, found, strangers, gone } = compareLists(rows, list, { likenesses, readAt })
  const pairs = (given: typeof found) => given.map(pair => `${pair.row.uuid}=${pair.listed.id}`)
  return {
    known: pairs(known),
    found: pairs(found),
    strangers: strangers.map(({ id }) => id),
    gone: gone.map(({ uuid }) => uuid),
  }
}

const nothing = { known: [], found: [], strangers: [], gone: [] }

describe('who is who', () => {
  test('an id that is known says it, whatever else has changed', () => {
    const rows = [mapped('jane', '1', { email: 'old@example.com' }), row('june')]
    expect(compare(rows, [listed('1')])).toEqual({ ...nothing, known: ['jane=1'] })
  })

  test('an e-mail that is the same wins over a phone that is the same', () => {
    const rows = [row('phone', { email: 'b@example.com' }), row('mail', { phone: '+442' })]
    expect(compare(rows, [listed('1')])).toEqual({ ...nothing, found: ['mail=1'] })
  })

  test('the phone decides when no e-mail is the same', () => {
    expect(compare([row('jane', { email: 'b@example.com' })], [listed('1')]).found).toEqual(['jane=1'])
  })

  test('of two with the same e-mail each gets the one with their own phone', () => {
    const rows = [row('one', { phone: '+441' }), row('two', { phone: '+442' })]
    const list = [listed('1', { phone: '+442' }), listed('2', { phone: '+441' })]
    expect(compare(rows, list).found).toEqual(['two=1', 'one=2'])
  })

  test('of two that are alike the one that the provider confirmed comes first', () => {
    const rows = [row('unknown', { confirmed: false }), row('confirmed')]
    expect(compare(rows, [listed('1')]).found).toEqual(['confirmed=1'])
    expect(compare(rows, [listed('1'), listed('2')]).found).toEqual(['confirmed=1', 'unknown=2'])
  })

  test('one row is never two of the provider’s', () => {
    expect(compare([row('jane')], [listed('1'), listed('2')])).toEqual({
      ...nothing,
      found: ['jane=1'],
      strangers: ['2'],
    })
  })

  test('nobody is found where nothing is the same', () => {
    const rows = [row('jane', { email: null, phone: '+449' })]
    expect(compare(rows, [listed('1')])).toEqual({ ...nothing, strangers: ['1'] })
  })

  test('a removed row that never had an id is nobody', () => {
    expect(compare([row('jane', { deletedAt: before })], [listed('1')]).strangers).toEqual(['1'])
  })
})

describe('who is gone', () => {
  test('whose id is not listed any more', () => {
    expect(compare([mapped('jane', '1'), mapped('june', '2')], [listed('2')])).toEqual({
      ...nothing,
      known: ['june=2'],
      gone: ['jane'],
    })
  })

  test('not who never had an id', () => {
    expect(compare([row('jane')], [])).toEqual(nothing)
  })

  test('not whose id was learnt after the list was asked for', () => {
    expect(compare([mapped('jane', '1', { mappedAt: after })], [])).toEqual(nothing)
  })

  test('not who was removed before', () => {
    expect(compare([mapped('jane', '1', { deletedAt: before })], [])).toEqual(nothing)
  })

  test('and back again when the list still shows them', () => {
    expect(compare([mapped('jane', '1', { deletedAt: before })], [listed('1')]).known).toEqual(['jane=1'])
  })

  test('but not back by a list that was asked for before they were removed', () => {
    expect(compare([mapped('jane', '1', { deletedAt: after })], [listed('1')])).toEqual(nothing)
  })
})
