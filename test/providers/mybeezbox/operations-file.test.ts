import { describe, expect, it } from 'vitest'
import { operationRows, placeholdersOf } from '#providers/mybeezbox/operation-table'
import { readOperationsFile } from '#providers/mybeezbox/operations-file'
import { sealedProviders } from '#providers/registry'

const read = (value: unknown) => readOperationsFile(JSON.stringify(value))

describe('the table of MyBeezBox', () => {
  it('has 67 rows, of which two stand in the document', () => {
    const rows = Object.entries(operationRows)
    expect(rows).toHaveLength(67)
    expect(rows.filter(([, { confirmed }]) => confirmed).map(([name]) => name)).toEqual([
      'networkGiftcards.use',
      'networkGiftcards.useWithPartnerId',
    ])
  })

  it('names each request once, with distinct parameters and a slash at the end', () => {
    const requests = Object.values(operationRows).map(({ method, path }) => `${method} ${path}`)
    expect(new Set(requests).size).toBe(67)
    for (const { path } of Object.values(operationRows)) {
      expect(path).toMatch(/^\/[a-z_{}/]+\/$/)
      expect(new Set(placeholdersOf(path)).size).toBe(placeholdersOf(path).length)
    }
  })

  it('has a row for every operation of the adapter', () => {
    const lacking = [...sealedProviders.mybeezbox.supports].filter(
      name => !Object.hasOwn(operationRows, name),
    )
    expect(lacking).toEqual([])
  })
})

describe('a file of operations', () => {
  it('confirms the rows that it names, and leaves the others as they are', () => {
    const given = { method: 'PUT', path: '/api/v2/gift-cards/{id}' }
    const result = read({ 'auth.scheme': 'Bearer', 'giftcards.get': given })
    expect(result).toEqual({
      table: {
        scheme: 'Bearer',
        rows: { ...operationRows, 'giftcards.get': { ...given, confirmed: true } },
      },
    })
  })

  it('may say nothing at all', () => {
    expect(read({})).toEqual({ table: { scheme: 'Token', rows: operationRows } })
  })

  it.each([
    ['giftcards.lst', { method: 'GET', path: '/g/' }, 'giftcards.lst is no operation of MyBeezBox'],
    ['auth.scheme', 'Token x', 'auth.scheme must be one word'],
    ['giftcards.list', 'GET /giftcards/', 'giftcards.list must be { "method", "path" }'],
    [
      'giftcards.list',
      { method: 'FETCH', path: '/g/' },
      'giftcards.list method must be GET, POST, PUT, PATCH or DELETE',
    ],
    [
      'giftcards.list',
      { method: 'GET', path: 'g' },
      'giftcards.list path must be a path such as /vouchers/{id}/',
    ],
    [
      'giftcards.list',
      { method: 'GET', path: '/g?x=1' },
      'giftcards.list path must be a path such as /vouchers/{id}/',
    ],
    [
      'giftcards.list',
      { method: 'GET', path: '/g/{id}/' },
      'giftcards.list path must hold no name in braces',
    ],
    ['giftcards.get', { method: 'GET', path: '/g/{code}/' }, 'giftcards.get path must hold {id}'],
    [
      'giftcards.get',
      { method: 'GET', path: '/g/{id}/', unsure: true },
      'giftcards.get unsure is not known here',
    ],
  ])('with %s wrong is refused in one line', (name, value, line) => {
    expect(read({ [name]: value })).toEqual({ mistakes: [line] })
  })

  it('tells every mistake at once', () => {
    expect(read({ a: 1, 'auth.scheme': 7 })).toEqual({
      mistakes: ['auth.scheme must be a text', 'a is no operation of MyBeezBox'],
    })
  })

  it.each([['{'], ['[]'], ['null'], ['"x"']])('that is %s is refused', text => {
    expect(readOperationsFile(text)).toEqual({
      mistakes: [text === '{' ? 'is no JSON' : 'must be an object'],
    })
  })
})
