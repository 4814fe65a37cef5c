import { expect, test } from 'vitest'
import { shownChange } from '#journal/shown-change'

const found = { providerIds: ['7'] }

test('a change that is shown whole has happened, whatever else is shown', () => {
  const shown = { name: 'New', reference_number: 'R-1', logo_url: null }
  expect(shownChange(shown, { name: 'New' }, found)).toEqual({ seen: 'it', providerIds: ['7'] })
})

test.each([
  [{ name: 'Old', reference_number: 'R-2' }, 'name'],
  [{ name: 'Old', reference_number: null }, 'name, reference_number'],
  [{}, 'name, reference_number'],
])('one that is not shown proves nothing: %j', (shown, fields) => {
  const hint = `The provider shows something else than what was sent as ${fields}.`
  const changes = { name: 'New', reference_number: 'R-2' }
  expect(shownChange(shown, changes, found)).toEqual({ seen: 'doubt', hint })
})
