import { expect, test } from 'vitest'
import { allCases } from '#test/conformance-cases'
import { bankAccount } from '#test/conformance-inputs'
import { answersDocumented, startProvider } from '#test/conformance-provider'
import { openProvider } from '#test/conformance-runtime'

/** `preview` with whatever it masks taken from what was really sent, where the two fit. */
function unmasked(preview: unknown, sent: unknown): unknown {
  if (typeof preview === 'string' && typeof sent === 'string' && preview.startsWith('****')) {
    const shown = preview.slice('****'.length)
    return sent.endsWith(shown) && shown.length * 2 <= sent.length ? sent : preview
  }
  if (Array.isArray(preview)) return preview.map((item, index) => unmasked(item, valueAt(sent, index)))
  if (typeof preview !== 'object' || preview === null) return preview
  return Object.fromEntries(
    Object.entries(preview).map(([name, value]) => [name, unmasked(value, valueAt(sent, name))]),
  )
}

function valueAt(value: unknown, key: string | number): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
}

test.each(allCases())('$title is previewed as it is sent, bank details masked', async example => {
  const { provider, operation, input } = example
  const upstream = await startProvider(provider, answersDocumented(example))
  const { runtime, context } = openProvider(provider, upstream.url)

  const [preview] = await runtime.preview(context, operation, input)
  expect(upstream.connections).toBe(0)
  expect(JSON.stringify(preview)).not.toContain(bankAccount.account_number)
  expect(JSON.stringify(preview)).not.toContain(bankAccount.sort_code)

  await runtime.run(context, operation, input)
  const [sent] = upstream.asked
  // A form is shown by its parts.
  const body: unknown = sent?.body.startsWith('--') ? preview?.body : JSON.parse(sent?.body || 'null')
  expect({ ...preview, body: unmasked(preview?.body, body) }).toEqual({
    method: sent?.method,
    path: sent?.path,
    body,
  })
})
