import type { Found, Sight } from '#journal/lookup'

/** A change is done when the provider shows all of it; what it writes its own way proves nothing. */
export function shownChange(shown: object, changes: object, found: Omit<Found, 'seen'>): Sight {
  const values = new Map<string, unknown>(Object.entries(shown))
  const others = Object.entries(changes)
    .filter(([field, value]) => values.get(field) !== value)
    .map(([field]) => field)
  if (others.length === 0) return { seen: 'it', ...found }
  const hint = `The provider shows something else than what was sent as ${others.join(', ')}.`
  return { seen: 'doubt', hint }
}
