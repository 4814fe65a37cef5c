import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  FIRST_UUID,
  firstUuidAt,
  idFromUuid,
  type IdPrefix,
  idPrefixes,
  LAST_UUID,
  newId,
  newUuid,
  parseId,
  uuidFromId,
  uuidOf,
} from '#values/ids'

const SAMPLE = 'quote_01kb2z6x9ve8vs2m0g5a7d3c1r'
const SAMPLE_UUID = '019ac5f3-753b-7237-9150-102a8ed1b038'

describe('an id', () => {
  test.each(idPrefixes)('%s_… is its prefix, an underscore and 26 characters of base32', prefix => {
    expect(newId(prefix)).toMatch(new RegExp(`^${prefix}_[0-7][0-9a-hjkmnp-tv-z]{25}$`))
  })

  test('goes to the UUID of the database and back', () => {
    fc.assert(
      fc.property(fc.constantFrom(...idPrefixes), fc.uuid(), (prefix: IdPrefix, uuid) => {
        expect(uuidFromId(prefix, idFromUuid(prefix, uuid))).toBe(uuid)
      }),
    )
  })

  test('is spelled as TypeID spells it', () => {
    expect(uuidFromId('quote', SAMPLE)).toBe(SAMPLE_UUID)
    expect(idFromUuid('quote', SAMPLE_UUID)).toBe(SAMPLE)
  })

  test('holds a UUID of version 7 whose time is now', () => {
    const before = Date.now()
    const uuid = newUuid()
    const time = Number.parseInt(uuid.replaceAll('-', '').slice(0, 12), 16)
    expect(uuid[14]).toBe('7')
    expect(time).toBeGreaterThanOrEqual(before)
    expect(time).toBeLessThanOrEqual(Date.now())
  })

  test('sorts after every one made before it, as text and as UUID', () => {
    const ids = Array.from({ length: 2_000 }, () => newId('quote'))
    const uuids = ids.map(id => uuidOf('quote', id))
    expect(ids).toEqual(ids.toSorted())
    expect(uuids).toEqual(uuids.toSorted())
    expect(new Set(ids).size).toBe(ids.length)
    expect(uuids.every(uuid => uuid < LAST_UUID)).toBe(true)
  })

  test('lies at or after the first one of its moment and before that of the next', () => {
    const uuid = newUuid()
    const made = Number.parseInt(uuid.replaceAll('-', '').slice(0, 12), 16)
    expect(firstUuidAt(new Date(made)) <= uuid).toBe(true)
    expect(firstUuidAt(new Date(made + 1)) > uuid).toBe(true)
    expect(FIRST_UUID < firstUuidAt(new Date(0))).toBe(true)
  })

  test('of a moment is spelled as a UUID of version 7', () => {
    expect(firstUuidAt(new Date(0x0123_4567_89ab))).toBe('01234567-89ab-7000-8000-000000000000')
    expect(firstUuidAt(new Date(0xff))).toBe('00000000-00ff-7000-8000-000000000000')
  })

  test('is not read under another prefix', () => {
    expect(uuidFromId('order', SAMPLE)).toBeNull()
    expect(uuidFromId('offer', SAMPLE.replace('quote', 'order'))).toBeNull()
  })

  test.each([
    ['capital letters', SAMPLE.toUpperCase()],
    ['a capital suffix', `quote_${SAMPLE.slice(6).toUpperCase()}`],
    ['a letter that base32 leaves out', SAMPLE.replace(/.$/, 'u')],
    ['more than 128 bits', `quote_8${SAMPLE.slice(7)}`],
    ['a missing character', SAMPLE.slice(0, -1)],
    ['a character too many', `${SAMPLE}0`],
    ['two underscores', SAMPLE.replace('_', '__')],
    ['white space', ` ${SAMPLE}`],
    ['a line break at its end', `${SAMPLE}\n`],
    ['a letter beyond ASCII', SAMPLE.replace(/.$/, 'é')],
    ['no suffix', 'quote_'],
    ['the bare UUID', SAMPLE_UUID],
    ['nothing', ''],
  ])('with %s is none', (_name, text) => {
    expect(uuidFromId('quote', text)).toBeNull()
    expect(parseId(text)).toBeNull()
    expect(() => uuidOf('quote', text)).toThrow(RangeError)
  })

  test('of any kind is known by its prefix', () => {
    expect(parseId(SAMPLE)).toEqual({ prefix: 'quote', uuid: SAMPLE_UUID })
    expect(parseId(SAMPLE.replace('quote', 'constructor'))).toBeNull()
  })

  test('reads no text that it would not write', () => {
    const texts = fc.string({ unit: fc.constantFrom(...'0178aiklouz_é'), minLength: 24, maxLength: 28 })
    fc.assert(
      fc.property(texts, suffix => {
        const uuid = uuidFromId('quote', `quote_${suffix}`)
        if (uuid !== null) expect(idFromUuid('quote', uuid)).toBe(`quote_${suffix}`)
      }),
    )
  })
})
