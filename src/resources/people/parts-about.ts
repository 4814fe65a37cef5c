/** The fields of an object that stand beside each other, what is nested in them left out. */
function ownFields(value: object): object {
  return Object.fromEntries(
    Object.entries(value).filter(([, field]) => field === null || typeof field !== 'object'),
  )
}

/**
 * The parts of something that name a person: the fields that stand beside their e-mail address, so that nobody gets to
 * see the people they live with. `email` is in lower case.
 */
export function partsAbout(value: unknown, email: string): unknown[] {
  if (typeof value !== 'object' || value === null) return []
  const fields: unknown[] = Object.values(value)
  const inner = fields.flatMap(field => partsAbout(field, email))
  const isTheirs = fields.some(field => typeof field === 'string' && field.toLowerCase() === email)
  return isTheirs ? [ownFields(value), ...inner] : inner
}
