import { expect, test } from 'vitest'
import { type ProviderId, providerIds } from '#contract/vocabulary'
import type { CallRecord } from '#providers/call-context'
import { effects } from '#providers/port/index'
import { sealedProviders } from '#providers/registry'
import { accessTo } from '#test/conformance-access'
import { allCases, casesOf } from '#test/conformance-cases'
import { answersDocumented, startProvider } from '#test/conformance-provider'
import { openProvider, readFile } from '#test/conformance-runtime'
import { documentedEndpoints } from '#test/documented-endpoints'
import { fixture } from '#test/fixture'
import { answersJson } from '#test/upstream'

const documented = documentedEndpoints()

const DOCUMENTED_HEADERS = ['accept', 'authorization', 'content-type', 'x-api-key']
/** Of HTTP itself, and the request id. */
const OTHER_HEADERS = ['connection', 'content-length', 'host', 'user-agent', 'x-request-id']

/** The requests that were made by one provider's operations and by verifying a connection, operation by operation. */
async function requestsOf(provider: ProviderId): Promise<Map<string, Set<string>>> {
  const used = new Map<string, Set<string>>()
  const note = ({ operation, method, path }: CallRecord) => {
    if (path === accessTo[provider].tokenPath && operation !== 'connections.verify') return
    const request = `${method} ${path}`
    used.set(request, (used.get(request) ?? new Set()).add(operation))
  }
  for (const example of casesOf(provider)) {
    const upstream = await startProvider(provider, answersDocumented(example))
    const { runtime, context, calls } = openProvider(provider, upstream.url)
    await readFile((await runtime.run(context, example.operation, example.input)).value)
    calls.forEach(note)
  }
  if (sealedProviders[provider].canVerify) {
    const upstream = await startProvider(provider, answersJson(fixture('homebox', 'account.get.ok')))
    const { runtime, context, calls } = openProvider(provider, upstream.url)
    await runtime.verify(context)
    calls.forEach(note)
  }
  return used
}

test.each(providerIds)('%s is asked at its documented endpoints and at no other', async provider => {
  const used = [...(await requestsOf(provider))].map(([request, operations]) => [
    request,
    [...operations].toSorted(),
  ])
  const expected = documented[provider]
    .filter(({ operations }) => operations.length > 0)
    .map(({ request, operations }) => [request, operations])
  expect(Object.fromEntries(used)).toEqual(Object.fromEntries(expected))
})

/** Whether a path is a template with its parameters filled in. */
function fills(path: string, template: string): boolean {
  const wanted = template.split('/')
  const segments = path.replace(/\?.*/, '').split('/')
  const same = (segment: string, index: number) =>
    wanted[index]?.startsWith('{') ? /^[^{}]+$/.test(segment) : segment === wanted[index]
  return segments.length === wanted.length && segments.every(same)
}

test.each(allCases())('$title sends what is documented, and no other header', async example => {
  const upstream = await startProvider(example.provider, answersDocumented(example))
  const { runtime, context, calls } = openProvider(example.provider, upstream.url)
  await readFile((await runtime.run(context, example.operation, example.input)).value)
  expect(upstream.requests.map(({ method }) => method)).toEqual(calls.map(({ method }) => method))
  const strays = upstream.requests.filter(({ path }, index) => !fills(path, calls[index]?.path ?? ''))
  expect(strays.map(({ path }) => path)).toEqual([])
  const headers = upstream.requests.flatMap(request => Object.keys(request.headers))
  expect(headers.filter(name => ![...DOCUMENTED_HEADERS, ...OTHER_HEADERS].includes(name))).toEqual([])
})

/** What may be sent twice without harm: a household priced, a token made, an object of MyBeezBox replaced. */
const HARMLESS = [
  'quotes.create',
  'connections.verify',
  'categories.update',
  'media.update',
  'networkPartners.update',
  'options.update',
  'payments.update',
  'prototypes.update',
  'vouchers.update',
]

test('an operation that writes is unsafe, unless twice does no harm', () => {
  const writes = Object.values(documented)
    .flat()
    .filter(({ request }) => !request.startsWith('GET '))
    .flatMap(({ operations }) => operations)
  const unsafe = Object.entries(effects).filter(([, effect]) => effect === 'unsafe')
  expect(new Set(writes.filter(operation => !HARMLESS.includes(operation)))).toEqual(
    new Set(unsafe.map(([operation]) => operation)),
  )
})
