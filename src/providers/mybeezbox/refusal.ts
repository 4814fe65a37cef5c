import { z } from 'zod'
import { OptionalText } from '#providers/answer-schemas'
import type { ReadRefusal } from '#providers/port/upstream'

const Body = z.object({ detail: OptionalText, message: OptionalText })

/** One error body is shown, with `detail` (section "Partners", KYC); the sentence is taken where one is given. */
export const readMybeezboxRefusal: ReadRefusal = ({ body }) => {
  const read = Body.safeParse(body)
  const message = read.data?.detail ?? read.data?.message
  return message ? { message } : {}
}
