import { describe, expect, it } from 'vitest'
import { isWanted, serviceTypeOf } from '#providers/homebox/service-types'

describe('the type of a Homebox bill', () => {
  it.each([
    ['Service Charge', 'service_charge'],
    ['Council Tax', 'council_tax'],
    ['TV Licence', 'tv_licence'],
    ['TV Licensing', 'tv_licence'],
    ['Plusnet Unlimited', 'broadband'],
    ['Internet and TV', 'broadband'],
    ['WiFi', 'broadband'],
    ['Sky Entertainment', 'tv'],
    ['Clean & Waste Water', 'water'],
    ['Renewable Energy', 'energy'],
    ['Electric', 'electricity'],
    ['Electricity', 'electricity'],
    ['Gas', 'gas'],
    ['Contents Insurance', 'other'],
    ['Vegas Skyline', 'other'],
  ])('of %j is %s', (words, type) => {
    expect(serviceTypeOf(words)).toBe(type)
  })

  it('is told by title and utility when the name says nothing', () => {
    expect(serviceTypeOf('Standard Plan', 'Renewable Energy')).toBe('energy')
    expect(serviceTypeOf('Standard Plan', null, 'Water')).toBe('water')
    expect(serviceTypeOf(null, null)).toBe('other')
  })
})

describe('a wish', () => {
  it('for electricity or gas is met by energy, and one for energy by either', () => {
    expect(isWanted('energy', ['gas'])).toBe(true)
    expect(isWanted('energy', ['electricity'])).toBe(true)
    expect(isWanted('gas', ['energy'])).toBe(true)
    expect(isWanted('energy', ['water'])).toBe(false)
    expect(isWanted('gas', ['electricity'])).toBe(false)
    expect(isWanted('tv', ['tv_licence'])).toBe(false)
  })
})
