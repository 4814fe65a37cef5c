import { z } from 'zod'
import type { FieldError } from '#contract/vocabulary'
import { OptionalText } from '#providers/answer-schemas'
import type { ReadRefusal } from '#providers/port/upstream'

const Candidate = z.object({ addressId: z.string().min(1), address: z.string().min(1) })

/** Chapter "Error Responses": `message`, or `error` beside `possibleAddresses`. */
const Body = z.object({
  message: OptionalText,
  error: OptionalText,
  possibleAddresses: z.array(Candidate.nullable().catch(null)).nullish().catch(null),
})

/** Refusals are sentences: the one tenant's field is told by its words. */
const BY_WORDS: readonly (readonly [words: RegExp, pointer: string, code: string])[] = [
  [/\bpossible addresses\b|\baddress not found\b/i, '/address', 'rejected'],
  [/\bemail already associated\b/i, '/tenants/0/email', 'already_associated'],
  [/\bemail\b/i, '/tenants/0/email', 'rejected'],
]

export const readHousrRefusal: ReadRefusal = ({ body }) => {
  const read = Body.safeParse(body)
  if (!read.success) return {}
  const message = read.data.message ?? read.data.error
  const candidates = (read.data.possibleAddresses ?? [])
    .filter(candidate => candidate !== null)
    .map(candidate => ({ address_id: candidate.addressId, label: candidate.address }))
  const fields = message ? fieldsOf(message) : []
  return {
    ...(message ? { message } : {}),
    ...(fields.length > 0 ? { fields } : {}),
    ...(candidates.length > 0 ? { candidates } : {}),
  }
}

function fieldsOf(message: string): FieldError[] {
  const told = BY_WORDS.find(([words]) => words.test(message))
  if (!told) return []
  const [, pointer, code] = told
  return [{ pointer, code, message }]
}
