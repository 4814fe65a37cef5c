import { describe, expect, test } from 'vitest'
import { maskForPreview, redactForLog, redactPayload } from '#providers/redact'
import { cut, redactText } from '#providers/redact-text'

const UUID = '0192f8a4-7a3b-7c11-9d2e-446655440000'
const logged = (body: unknown) => redactForLog(body, [])

/** `[[…[1]…]]` with so many brackets. */
function nested(brackets: number): unknown {
  return brackets === 0 ? 1 : [nested(brackets - 1)]
}

function fields(count: number): Record<string, number> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`field ${index}`, 0]))
}

describe('a text in the call log', () => {
  test.each([
    UUID,
    UUID.toUpperCase(),
    '01/09/26',
    '01/09/2026',
    '2026-09-01',
    '2026-09-01 10:30',
    '2026-09-01T10:30:05',
    '2026-09-01T10:30:05.1234Z',
    '2026-09-01T10:30:05+01:00',
    '2026-09-01T10:30:05-0100',
    'flat 12345',
  ])('stays when it is %s', text => {
    expect(logged({ note: text })).toEqual({ note: text })
  })

  test.each([
    ['x'.repeat(7) + UUID, `${'x'.repeat(7)}0192f8a4-7a3b-7c11-9d2e-[digits]`],
    [`${UUID} or so`, '0192f8a4-7a3b-7c11-9d2e-[digits] or so'],
    ['44665544-0000', '[digits]'],
    ['born 15/01/1996', 'born [digits]'],
    ['15/01/1996 is it', '[digits] is it'],
    ['15/01/19961', '[digits]'],
    ['on 2026-09-01', 'on [digits]'],
    ['2026-09-01 or so', '[digits] or so'],
    ['123456', '[digits]'],
    ['jane@example.com', '[personal]'],
  ])('that is %s is cleaned', (text, cleaned) => {
    expect(logged({ note: text })).toEqual({ note: cleaned })
  })
})

describe('the id of something', () => {
  test.each(['id', 'uuid', 'order_id', 'order-id', 'order_uuid', 'orderId', 'orderID'])(
    'stays as %s',
    key => {
      expect(logged({ [key]: '1234567' })).toEqual({ [key]: '1234567' })
      expect(logged({ [key]: 1234567 })).toEqual({ [key]: 1234567 })
    },
  )

  test.each(['paid', 'identity', 'order_idea', 'orderIdea', 'ID1', 'number'])('is not told by %s', key => {
    expect(logged({ [key]: '1234567' })).toEqual({ [key]: '[digits]' })
  })

  test.each([
    ['07700 900123', '[digits]'],
    ['+447700900123', '+[digits]'],
    ['7700900123 Jane', '[digits] Jane'],
    ['7'.repeat(65), '[digits]'],
  ])('does not look like %s', (id, shown) => {
    expect(logged({ order_id: id })).toEqual({ order_id: shown })
  })
})

describe('what tells of a person', () => {
  test.each([
    [{ name: 'Jane Doe', status: 'active' }, '[personal]'],
    [{ name: 'Jane Doe', 'e-mail': null }, '[personal]'],
    [{ name: 'Bronze', status: 'active', price: 5 }, 'Bronze'],
    [{ name: 'Bronze', price: 5 }, 'Bronze'],
  ])('decides on the name in %j', (body, name) => {
    expect(logged(body)).toMatchObject({ name })
  })

  test('is no reason to hide a name that is looked into', () => {
    expect(logged({ email: null, name: { first_name: 'Jane', title: 'Dr' } })).toEqual({
      email: null,
      name: { first_name: '[personal]', title: 'Dr' },
    })
  })

  test('may show whether it is there', () => {
    const flags = { password: true, iban: false, email: null, mobile: true }
    for (const redact of [redactForLog, redactPayload, maskForPreview])
      expect(redact(flags, [])).toEqual(flags)
  })
})

describe('a value that JSON does not have', () => {
  test('is written as one that it has', () => {
    const moment = new Date('2026-09-01T10:30:00.000Z')
    const odd = {
      moment,
      never: new Date(Number.NaN),
      endless: 1 / 0,
      small: 5n,
      call: () => 1,
      left: undefined,
    }
    expect(logged(odd)).toEqual({
      moment: '2026-09-01T10:30:00.000Z',
      never: null,
      endless: null,
      small: '5',
      call: null,
    })
    expect(Object.keys(Object(logged(odd)))).not.toContain('left')
    expect(logged({ serial: 12345678n })).toEqual({ serial: '[digits]' })
    expect(logged(undefined)).toBeNull()
  })
})

describe('a number', () => {
  test('of less than six digits stays in a log', () => {
    expect(logged([99_999, 100_000, -99_999, -100_000])).toEqual([99_999, '[digits]', -99_999, '-[digits]'])
  })

  test('stays in a preview unless it is of a bank', () => {
    expect(maskForPreview({ price: 1234567, sort_code: 200000 }, [])).toEqual({
      price: 1234567,
      sort_code: '****000',
    })
  })
})

describe('a log', () => {
  test('holds twenty items of a list', () => {
    const items = Array.from({ length: 21 }, (_, index) => index)
    expect(logged(items.slice(0, 20))).toEqual(items.slice(0, 20))
    expect(logged(items)).toEqual([...items.slice(0, 20), '[cut]'])
  })

  test('looks eight levels deep', () => {
    expect(JSON.stringify(logged(nested(8)))).toBe('[[[[[[[[1]]]]]]]]')
    expect(JSON.stringify(logged(nested(9)))).toBe('[[[[[[[["[cut]"]]]]]]]]')
  })

  test('looks at four hundred values in all, whether in lists or in objects', () => {
    const lists = (count: number): unknown[] => Array.from({ length: count }, () => Array(20).fill(0))
    // One for the whole, and twenty-one for every list.
    expect(logged(lists(20))).toEqual([...lists(19), '[cut]'])
    expect(logged(fields(401))).toEqual({ ...fields(399), '[cut]': true })
  })
})

describe('a message', () => {
  test.each([
    ['word word word', 14, 'word word word'],
    ['word word word', 13, 'word word…'],
    ['word word', 5, '…'],
    ['no 12 34 words', 10, 'no…'],
    ['see (a) words', 9, 'see (a…'],
  ])('%j in %i characters is %j', (text, max, shown) => {
    expect(cut(text, max)).toBe(shown)
  })

  test('is one line, with nothing around it', () => {
    expect(redactText(' No\r\n\t such \u0000\u0000 order.\n')).toBe('No such order.')
  })

  test('loses the secrets of the call, but no word that is too short to be one', () => {
    expect(redactText('bob has key abcdef and abcde', ['bob', 'abcdef', 'abcde'])).toBe(
      'bob has key [removed] and abcde',
    )
  })
})

describe('words of a provider', () => {
  test.each([
    ['Authorization: Bearer a1b2c3 was refused', 'Authorization: [removed] was refused'],
    ['use bearer abcdefghijklmnopqrst', 'use [removed]'],
    ['Basic dXNlcjpwYXNzd29yZDEy is old', '[removed] is old'],
    ['got eyJhbGciOi.eyJzdWIiOi.c2lnbmF0 here', 'got [removed] here'],
    ['got eyJhbGciOi.eyJzdWIiOi here', 'got [removed] here'],
    ['Your password is Doe-NE12QB and more', 'Your [removed]'],
    ['passcode: x7', '[removed]'],
    ['the passphrase was a b c', 'the [removed]'],
    ['client_secret=abc and so on', '[removed] and so on'],
    ['client secret: abc', '[removed]'],
    ['api-key: abc', '[removed]'],
    ['apikey=abc', '[removed]'],
    ['?access_token=abc&page=2', '?[removed]&page=2'],
    ['{"token":"abc","page":2}', '{"[removed]","page":2}'],
    ["secret = 'abc'", "[removed]'"],
    ['mail jane.doe+x@example.co.uk, please', 'mail [personal], please'],
    ['<jane@example.com>', '<[personal]>'],
    ['to GB29 NWBK 6016 1331 9268 19 today', 'to [digits] today'],
    ['to GB29NWBK60161331926819', 'to [digits]'],
    ['call (0191) 498-0999', 'call ([digits]'],
    ['call +44 7700 900123', 'call +[digits]'],
    ['card 4111 1111 1111 1111', 'card [digits]'],
  ])('%j become %j', (words, shown) => {
    expect(redactText(words)).toBe(shown)
  })

  test.each([
    'The bearer of this letter',
    'basic rate of tax',
    'The password must be longer',
    'a token of thanks',
    'no api here',
    'order 12345 at 10:30',
    'an @ sign and 5 @ 3',
  ])('stay where they say nothing: %s', words => {
    expect(redactText(words)).toBe(words)
  })
})
