import { z } from 'zod'

/** Stand for ids of the provider that are filled in when an operation is sent. */
export const TENANT_ID = '{tenant_id}'
export const INVITE_ID = '{invite_id}'

const Stored = z.record(z.string(), z.unknown())

/** The stored input of an operation with its placeholders filled in. Throws TypeError for an id that nobody knows. */
export function fillIn(input: unknown, ids: Readonly<Record<string, string | null>>): unknown {
  const filled = Object.entries(Stored.parse(input)).map(([name, value]) => {
    if (value !== `{${name}}`) return [name, value] as const
    const id = ids[name]
    if (!id) throw new TypeError(`the provider's ${name} is not known`)
    return [name, id] as const
  })
  return Object.fromEntries(filled)
}
