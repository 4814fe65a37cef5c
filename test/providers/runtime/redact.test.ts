import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { maskForPreview, redactForLog, redactPayload } from '#providers/redact'
import { redactText } from '#providers/redact-text'

describe('a body in the call log', () => {
  test('has no secret, no bank detail and nothing that tells who a person is', () => {
    const body = {
      client_secret: 's3cr3t',
      'X-API-Key': 'k',
      bank: {
        accountNumber: '12345678',
        sort_code: '200000',
        IBAN: 'GB29NWBK60161331926819',
        account_name: 'J Doe',
      },
      tenants: [{ first_name: 'Jane', lastName: 'Doe', email: 'jane@example.com', phone: '07700900123' }],
      birthday: '15/01/1996',
      contact: { name: 'Jane Doe', telephone: '0191 498 0999' },
    }
    expect(redactForLog(body, [])).toEqual({
      client_secret: '[removed]',
      'X-API-Key': '[removed]',
      bank: {
        accountNumber: '[removed]',
        sort_code: '[removed]',
        IBAN: '[removed]',
        account_name: '[personal]',
      },
      tenants: [
        { first_name: '[personal]', lastName: '[personal]', email: '[personal]', phone: '[personal]' },
      ],
      birthday: '[personal]',
      contact: { name: '[personal]', telephone: '[personal]' },
    })
  })

  test('has nothing of who gave a voucher to whom', () => {
    const voucher = {
      gifter_first_name: 'John',
      gifter_fullname: 'John Doe',
      gifter_address: 'Avenue',
      gifter_zipcode: 75018,
      gifter_city: 'Paris',
      giftee_email: 'john@example.com',
      to_giftee: 'John Doe',
      from_gifter: 'Happy birthday, Jane!',
      recipient_address: '1 Avenue',
    }
    const hidden = Object.keys(voucher).map(key => [key, '[personal]'])
    expect(redactForLog({ ...voucher, gifter: 3918, state: 'paid' }, [])).toEqual({
      ...Object.fromEntries(hidden),
      gifter: 3918,
      state: 'paid',
    })
  })

  test('has nothing of a customer, whose fields nobody knows, but their number', () => {
    const customer = { aka: ['Piepmatz'], street: '1 Vogelstange' }
    const kept = { customer: '[personal]', amount: 100 }
    expect(redactForLog({ customer, amount: 100 }, [])).toEqual(kept)
    expect(redactForLog({ customer: 'Jane', amount: 100 }, [])).toEqual(kept)
    expect(redactForLog([{ giftee: customer, gifter: null }], [])).toEqual([
      { giftee: '[personal]', gifter: null },
    ])
    expect(redactForLog({ customer: 3918 }, [])).toEqual({ customer: 3918 })
  })

  test('has neither whose account a mandate is for, nor where letters reach them', () => {
    const mandate = { data: { name: 'Jane Smith', status: 'active' } }
    expect(redactForLog(mandate, [])).toEqual({ data: { name: '[personal]', status: 'active' } })
    const payer = {
      billing_address: { line1: 'Flat 1', city: 'London' },
      address: { line1: '5 Media Exchange' },
    }
    expect(redactForLog(payer, [])).toEqual({
      billing_address: '[personal]',
      address: { line1: '5 Media Exchange' },
    })
  })

  test('keeps what a call can be understood by', () => {
    const body = {
      order_id: 1234567,
      propertyId: '7654321',
      id: '0192f8a4-7a3b-7c11-9d2e-446655440000',
      name: 'Bronze',
      postcode: 'NE1 2QB',
      start: '2026-09-01',
      sent: '01/09/26',
      at: '2024-05-20T00:00:00.000000Z',
      price: '101.50',
      occupants: 4,
      flags: [true, null, false],
      password: null,
    }
    expect(redactForLog(body, [])).toEqual(body)
  })

  test('has no long number in any text or number', () => {
    expect(redactForLog({ note: 'acc 12 34 56 78', serial: 12345678, other: '20-00-00' }, [])).toEqual({
      note: 'acc [digits]',
      serial: '[digits]',
      other: '[digits]',
    })
  })

  test('is bounded in depth, breadth and length, and says where it was cut', () => {
    const deep = JSON.parse(`${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`)
    const shown = redactForLog(
      { deep, wide: Array.from({ length: 99 }, () => 0), long: 'word '.repeat(9_999) },
      [],
    )
    expect(JSON.stringify(shown).length).toBeLessThan(1_000)
    expect(shown).toMatchObject({
      wide: expect.arrayContaining([0, '[cut]']),
      long: expect.stringMatching(/word…$/),
    })
    expect(JSON.stringify(shown)).toContain('"[cut]"')
  })

  test('may hold a circle', () => {
    const circle: Record<string, unknown> = { a: 1 }
    circle['self'] = circle
    expect(JSON.stringify(redactForLog(circle, []))).toContain('[cut]')
  })
})

describe('a payload', () => {
  test('keeps people and numbers, but no bank detail, password or token', () => {
    const body = {
      data: { id: 12345678, email: 'jane@example.com', account_number: '12345678', access_token: 'abc' },
      message: 'Created. Password is Doe-NE12QB',
    }
    expect(redactPayload(body, [])).toEqual({
      data: {
        id: 12345678,
        email: 'jane@example.com',
        account_number: '[removed]',
        access_token: '[removed]',
      },
      message: '[removed]',
    })
  })

  test('holds nothing that Postgres refuses or that changes a prototype', () => {
    const body = JSON.parse('{"__proto__":{"admin":true},"a\\u0000":"b\\u0000\\ud800","constructor":{"x":1}}')
    const kept = redactPayload(body, [])
    expect(JSON.stringify(kept)).toBe('{"a\uFFFD":"b\uFFFD\uFFFD","constructor":{"x":1}}')
    expect(Object.getPrototypeOf(kept)).toBe(Object.prototype)
  })
})

test('a preview shows the ends of bank details and no secret', () => {
  const body = {
    account_number: '12345678',
    sort_code: 200000,
    name: 'Jane',
    token: 'abc',
    iban: '1',
    note: 'x',
  }
  expect(maskForPreview(body, [])).toEqual({
    account_number: '****5678',
    sort_code: '****000',
    name: 'Jane',
    token: '[removed]',
    iban: '****',
    note: 'x',
  })
})

/** Every string in a value, keys included. */
function texts(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => [key, ...texts(inner)])
}

describe('whatever the body', () => {
  const redactions = [redactForLog, redactPayload, maskForPreview]

  test('redacting never throws, and what comes out is JSON that Postgres takes', () => {
    fc.assert(
      fc.property(fc.anything({ withBigInt: true, withDate: true, withNullPrototype: true }), body => {
        for (const redact of redactions) {
          const text = JSON.stringify(redact(body, ['secret-value']))
          expect(text).toBe(JSON.stringify(JSON.parse(text)))
          expect(text.isWellFormed() && !/\\u0000|\\ud[89a-f]/i.test(text)).toBe(true)
        }
      }),
    )
  })

  test('a known secret comes out of no text and no key', () => {
    const secret = fc.stringMatching(/^[A-Za-z0-9]{8,40}$/)
    const around = fc.tuple(fc.string(), fc.string())
    fc.assert(
      fc.property(secret, around, fc.string(), (known, [before, after], key) => {
        const text = before + known + after
        const body = { [key]: text, [text]: 1, deep: [{ text: 'x '.repeat(240) + text }] }
        for (const redact of redactions) {
          expect(texts(redact(body, [known])).filter(shown => shown.includes(known))).toEqual([])
        }
        expect(redactText(text, [known])).not.toContain(known)
      }),
    )
  })

  test('an account number comes out of no text of a log or a message, wherever it is cut', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[0-9]{8}$/),
        fc.nat(600),
        fc.constantFrom('', ' ', '-'),
        (number, at, gap) => {
          const spelt = number.replace(/..(?=.)/g, pair => pair + gap)
          const text = `${'word '.repeat(at).slice(0, at)} ${spelt} end`
          const shown = JSON.stringify(redactForLog({ note: text }, [])) + redactText(text)
          expect(shown).not.toMatch(/\d{2}/)
        },
      ),
    )
  })

  test('a message is one line of bounded length', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 5_000 }), text => {
        const shown = redactText(text)
        expect(shown.length).toBeLessThanOrEqual(300)
        expect(/[\p{Cc}\u2028\u2029]/u.test(shown) || !shown.isWellFormed()).toBe(false)
      }),
    )
  })
})
