import { describe, expect, test } from 'vitest'
import { parsePhone } from '#values/phone'

describe('parsePhone', () => {
  test.each([
    '020 7946 0958',
    '(020) 7946-0958',
    '020.7946.0958',
    '+442079460958',
    '+44 20 7946 0958',
    '+44 (0)20 7946 0958',
    '0044 20 7946 0958',
  ])('reads %s as the one number that it is', text => {
    expect(parsePhone(text)).toEqual({ e164: '+442079460958', country: 'GB' })
  })

  test('reads a mobile number in national form', () => {
    expect(parsePhone('07700 900123')).toEqual({ e164: '+447700900123', country: 'GB' })
  })

  test.each([
    ['+1 212 555 0100', '+12125550100', 'US'],
    ['+33 1 42 68 53 00', '+33142685300', 'FR'],
    ['+353 1 679 2000', '+35316792000', 'IE'],
    ['+44 7911 123456', '+447911123456', 'GG'],
  ])('knows the country of %s', (text, e164, country) => {
    expect(parsePhone(text)).toEqual({ e164, country })
  })

  test.each(['999', '112', '101', '118118', '62626'])('refuses the short code %s', text => {
    expect(parsePhone(text)).toBeNull()
  })

  test.each(['0800 FLOWERS', 'abc', 'call me', '07700 9OO123', '07700 900123 or 07700 900124'])(
    'refuses letters: %s',
    text => {
      expect(parsePhone(text)).toBeNull()
    },
  )

  test.each(['020 7946 0958 ext 12', '020 7946 0958x3', '+442079460958#7'])(
    'refuses the extension of %s, which E.164 would lose',
    text => {
      expect(parsePhone(text)).toBeNull()
    },
  )

  test.each(['00000000', '0001-01-01', '+440000000000', '+44 00 7946 0958'])(
    'refuses %s, which begins as no number of this country does',
    text => {
      expect(parsePhone(text)).toBeNull()
    },
  )

  test.each(['', ' ', '+', '00', '01 23', '+44 7911 123456 789', '+999123456789', '0'.repeat(300)])(
    'refuses %j',
    text => {
      expect(parsePhone(text)).toBeNull()
    },
  )
})
