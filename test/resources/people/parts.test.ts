import { describe, expect, test } from 'vitest'
import { namedAnyhow, namedByEmail } from '#resources/people/naming'
import { partsAbout } from '#resources/people/parts-about'

const email = 'ann.lee@example.com'

describe('the parts of something that name a person', () => {
  test('are the fields beside their address, wherever it stands, and nobody else', () => {
    const ann = { id: 1, email: 'Ann.Lee@example.com', phone: null }
    const order = { contact: email, tenants: [ann, { id: 2, email: 'joann.lee@example.com' }], rooms: [3] }
    expect(partsAbout([order], email)).toEqual([{ contact: email }, { id: 1, email: ann.email, phone: null }])
  })

  test.each([null, 'ann.lee@example.com', [], { email: 'bob@example.com' }])('are none in %j', value => {
    expect(partsAbout(value, email)).toEqual([])
  })
})

describe('a text', () => {
  test.each([
    ['{"email":"ANN.LEE@EXAMPLE.COM"}', true],
    ['of ann.lee@example.com.', true],
    ['{"email":"joann.lee@example.com"}', false],
    ['{"email":"x+ann.lee@example.com"}', false],
    ['{"email":"ann.lee@example.com.au"}', false],
    ['{"email":"annxlee@example.com"}', false],
  ])('%s names somebody by e-mail address: %s', (text, isNamed) => {
    expect(namedByEmail({ email }).byEmail.test(text)).toBe(isNamed)
  })

  test.each([
    ['{"phone":"+447700900123"}', true],
    ['{"phone":"+4477009001234"}', false],
    ['{"phone":"447700900123"}', false],
  ])('%s names somebody by phone: %s', (text, isNamed) => {
    const tenants = [{ shown: { phone: '+447700900123' } }, { shown: { phone: null } }]
    expect(namedAnyhow({ email, tenants }).byPhone?.test(text)).toBe(isNamed)
  })

  test('names nobody by a phone that is not known', () => {
    expect(namedAnyhow({ email, tenants: [] }).byPhone).toBeNull()
  })
})
