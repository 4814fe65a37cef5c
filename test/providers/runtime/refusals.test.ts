import { expect, test } from 'vitest'
import { z } from 'zod'
import type { ReadRefusal } from '#providers/port/upstream'
import { failureOf, startRuntime, TOKEN } from '#test/provider-runtime'
import { answersJson, startUpstream } from '#test/upstream'

const Words = z.object({
  message: z.string().exactOptional(),
  requestId: z.string().exactOptional(),
  fields: z.array(z.object({ pointer: z.string(), code: z.string(), message: z.string() })).exactOptional(),
  candidates: z.array(z.object({ address_id: z.string(), label: z.string() })).exactOptional(),
})
const readRefusal: ReadRefusal = ({ body }) => Words.parse(body)

/** The facts of a call that the provider refuses with these words. */
async function refused(words: z.input<typeof Words>, status = 422) {
  const upstream = await startUpstream()
  upstream.otherwise(answersJson(words, status))
  return failureOf(startRuntime(upstream.url, { script: { readRefusal } }).remove())
}

test("the provider's words, request id and fields are passed on", async () => {
  const fields = [{ pointer: '/address/postcode', code: 'invalid', message: 'is not served' }]
  expect(await refused({ message: 'Not served', requestId: '019b-77', fields })).toEqual({
    provider: 'homebox',
    operation: 'tenants.delete',
    code: 'provider_rejected',
    outcome: 'refused',
    message: 'homebox answered 422',
    status: 422,
    final: true,
    providerMessage: 'Not served',
    providerRequestId: '019b-77',
    fields,
  })
})

test('addresses offered instead make the address ambiguous, ids and labels as they came', async () => {
  const candidates = [{ address_id: '12345678', label: 'Flat 1, 5 Media Exchange, NE1 2QB' }]
  expect(await refused({ candidates }, 400)).toMatchObject({
    code: 'address_ambiguous',
    outcome: 'refused',
    candidates,
  })
})

test('a 403 that names fields is about the content, not about our credentials', async () => {
  const fields = [{ pointer: '/branch_id', code: 'forbidden', message: 'is not yours' }]
  expect(await refused({ fields }, 403)).toMatchObject({ code: 'provider_rejected', outcome: 'refused' })
})

test.each([
  ['an e-mail address', 'jane.doe+x@example.co.uk is taken', '[personal] is taken'],
  ['a phone number', 'call 07700 900123 now', 'call [digits] now'],
  ['an account number', 'account 12345678 unknown', 'account [digits] unknown'],
  ['a sort code', 'sort code 20-00-00', 'sort code [digits]'],
  ['a bearer token', 'sent: Bearer abc123def456', 'sent: [removed]'],
  ['our own token', `your key ${TOKEN} expired`, 'your key [removed] expired'],
  ['a password', 'Done. Password is Smith-NE12QB', 'Done. [removed]'],
  ['control characters', 'a\u0000b\u001b[31mc\r\nlevel=fatal', 'a b [31mc level=fatal'],
  ['half a surrogate pair', 'a\ud800b', 'a b'],
])('%s in a message is not passed on', async (_, message, shown) => {
  expect(await refused({ message })).toMatchObject({ providerMessage: shown })
})

test('a message without end is cut', async () => {
  const { providerMessage } = await refused({ message: 'word '.repeat(10_000) })
  expect(providerMessage?.length).toBeLessThanOrEqual(300)
})

test('a refusal that its reader cannot read is still a refusal', async () => {
  const upstream = await startUpstream()
  upstream.otherwise(answersJson(['surprise'], 422))
  const facts = await failureOf(startRuntime(upstream.url, { script: { readRefusal } }).remove())
  expect(facts).toMatchObject({ code: 'provider_rejected', outcome: 'refused' })
  expect(facts).not.toHaveProperty('providerMessage')
})

test('a candidate that could not be sent back as it came is left out', async () => {
  const candidates = [
    { address_id: 'a\u0000b', label: 'broken' },
    { address_id: '7', label: 'whole' },
  ]
  expect((await refused({ candidates }, 400)).candidates).toEqual([{ address_id: '7', label: 'whole' }])
})
