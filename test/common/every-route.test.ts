import { existsSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { problems } from '#contract/problems'
import { scopeOf } from '#http/scopes'
import { type DocumentedRoute, documentedRoutes, servedRoutes } from '#test/documented-routes'
import { expectProblem } from '#test/expect-problem'
import { formRequest } from '#test/forms'
import { startTestGateway, type TestGateway } from '#test/gateway'
import { household } from '#test/households'
import { voidRequest } from '#test/portfolio'
import { sampleFile } from '#test/sample-files'
import { seedKey } from '#test/seed'
import { idPrefixes, newId, parseId } from '#values/ids'

const COMMITTED = 'openapi/billbridge.json'
/** Served for people and machines beside the API, and not part of it. */
const UNDOCUMENTED = /^GET \/(docs(\/.*)?|openapi\.json|metrics)$/

let gateway: TestGateway
let routes: readonly DocumentedRoute[]
let stranger: string
/** The only thing that a stranger has. */
let strangersKey: string
beforeAll(async () => {
  gateway = await startTestGateway()
  await gateway.app.ready()
  routes = documentedRoutes(gateway.app)
  const seeded = await seedKey(gateway)
  stranger = seeded.key
  strangersKey = seeded.keyId
})
afterAll(() => gateway.close())

type Fill = (parameter: DocumentedRoute['parameters'][number]) => string

/** What the document itself gives as example, which is nobody's. */
const byExample: Fill = ({ example, schema }) => z.string().parse(example ?? schema.enum?.[0])

function call(
  { method, path, parameters, example, formFiles }: DocumentedRoute,
  {
    fill = byExample,
    query = '',
    ...request
  }: { fill?: Fill; query?: string } & Parameters<TestGateway['api']>[1] = {},
) {
  const filled = parameters
    .filter(parameter => parameter.in === 'path')
    .reduce((url, parameter) => url.replace(`{${parameter.name}}`, fill(parameter)), path.slice(1))
  const form = formFiles?.map(name => [name, { content: sampleFile('png'), filename: 'a.png' }] as const)
  const shown = form ? formRequest(form) : example === undefined ? {} : { body: example }
  const body = 'payload' in request ? {} : shown
  const headers = { ...('headers' in body ? body.headers : {}), ...request.headers }
  return gateway.api(`${method} /${filled}${query}`, { ...body, ...request, headers })
}

/** The example, with an offer that there is in place of the one that it names. */
async function withOwnOffer(example: unknown): Promise<unknown> {
  const named = z.looseObject({ offer_id: z.string() }).safeParse(example)
  if (!named.success) return example
  const { body } = await gateway.api('POST /v1/quotes', { body: household({ providers: ['homebox'] }) })
  return { ...named.data, offer_id: body.cheapest_offer_id }
}

/** Runs a check for every route that it is about, and names the routes that fail it. */
async function forEvery(
  which: (route: DocumentedRoute) => boolean,
  check: (route: DocumentedRoute) => Promise<void>,
) {
  const chosen = routes.filter(which)
  expect(chosen.length).toBeGreaterThan(0)
  for (const route of chosen) {
    await check(route).catch((cause: unknown) => {
      const reason = cause instanceof Error ? cause.message : String(cause)
      throw new Error(`${route.method} ${route.path}: ${reason}`, { cause })
    })
  }
}

const all = () => true
const needsKey = (route: DocumentedRoute) => !route.open
/** Nothing can be sent to such a route, for its body is needed and the document does not show one. */
const showsNoBody = ({ requestBody, example }: DocumentedRoute) =>
  requestBody?.required === true && example === null
const takesJson = (route: DocumentedRoute) => route.example !== undefined

/** What a POST to another path than that of its list makes. */
const MADE_BY: Readonly<Record<string, string>> = {
  '/v1/webhooks/{webhook_id}/deliveries': '/v1/webhooks/{webhook_id}/test',
}

/** A parameter that names one of our objects, such as `quote_…`. */
const namesOurs: (parameter: DocumentedRoute['parameters'][number]) => boolean = ({ in: place, example }) =>
  place === 'path' && typeof example === 'string' && parseId(example) !== null

describe('every route', () => {
  test('needs a key, but for the open ones', async () => {
    await forEvery(all, async route => {
      const answer = await call(route, { key: null })
      if (route.open) expect(answer.status).not.toBe(401)
      else expectProblem(answer, 'unauthenticated')
    })
  })

  test('is open only where no account is served', () => {
    const open = routes.filter(route => route.open).map(({ path }) => path)
    expect(open.filter(path => path.startsWith('/v1/'))).toEqual([])
  })

  test('needs a key with its scope', async () => {
    const { key } = await seedKey(gateway, { scopes: ['nothing:read', 'nothing:write'] })
    await forEvery(needsKey, async route => {
      expectProblem(await call(route, { key }), 'forbidden')
    })
  })

  test('asks for a scope that a key can be given, and no other can be given', () => {
    const previews = ({ parameters }: DocumentedRoute) => parameters.some(({ name }) => name === 'preview')
    const asked = routes
      .filter(needsKey)
      .flatMap(route =>
        [route.method === 'GET', ...(previews(route) ? [true] : [])].map(reads => scopeOf(route.path, reads)),
      )
    expect(new Set([...asked, 'admin'])).toEqual(gateway.app.scopes)
    expect([...gateway.app.scopes]).toEqual(
      expect.arrayContaining(['orders:write', 'carts:read', 'platform']),
    )
  })

  test('refuses a query parameter that it does not know', async () => {
    await forEvery(all, async route => {
      const { errors } = expectProblem(await call(route, { query: '?surprise=1' }), 'validation_failed')
      const unknown = { pointer: '/query/surprise', code: 'unknown_field', message: 'is not a known field' }
      expect(errors).toContainEqual(unknown)
    })
  })

  test('refuses a body field that it does not know', async () => {
    await forEvery(takesJson, async route => {
      const body = { ...z.record(z.string(), z.unknown()).nullable().parse(route.example), 'sur/prise': 1 }
      const { errors } = expectProblem(await call(route, { body }), 'validation_failed')
      const unknown = { pointer: '/sur~1prise', code: 'unknown_field', message: 'is not a known field' }
      expect(errors).toContainEqual(unknown)
    })
  })

  test('refuses a body that is no JSON, or not said to be', async () => {
    await forEvery(takesJson, async route => {
      expectProblem(await call(route, { payload: '{"a":' }), 'malformed_request')
      const headers = { 'content-type': 'text/plain' }
      expectProblem(await call(route, { payload: '{}', headers }), 'unsupported_media_type')
    })
  })

  test('says what a body must be that is something else', async () => {
    await forEvery(takesJson, async route => {
      const { errors } = expectProblem(await call(route, { body: [] }), 'validation_failed')
      expect(errors).toEqual([{ pointer: '', code: 'invalid_type', message: 'must be an object' }])
    })
  })

  test('that is a POST refuses an idempotency key that is none', async () => {
    await forEvery(
      ({ method }) => method === 'POST',
      async route => {
        expectProblem(await call(route, { headers: { 'idempotency-key': '' } }), 'malformed_request')
      },
    )
  })

  test('takes the example that is documented for it', async () => {
    await forEvery(
      route => Boolean(route.example),
      async route => {
        const { status, text } = await call(route, { body: await withOwnOffer(route.example) })
        expect(`${status} ${text}`).not.toMatch(/^(400|415|5\d\d)|validation_failed/)
      },
    )
  })

  test('answers an id that is none of ours as unknown', async () => {
    const odd = ['x', '-1', '0', 'null', '%00', '%F0%9F%8F%A0', "'", '..%2f..', 'quote_', 'x'.repeat(200)]
    await forEvery(
      ({ parameters }) => parameters.some(namesOurs),
      async route => {
        for (const text of odd) expectProblem(await call(route, { fill: () => text }), 'not_found')
      },
    )
  })
})

describe('an id of another account', () => {
  /** The id of an object of the main account: made from the documented example, or taken from its list. */
  async function ownIdIn(collection: string, own: ReadonlyMap<string, string>): Promise<string> {
    const fill: Fill = parameter => own.get(parameter.name) ?? byExample(parameter)
    const maker = MADE_BY[collection] ?? collection
    const creates = routes.find(({ method, path }) => method === 'POST' && path === maker)
    const lists = routes.find(({ method, path }) => method === 'GET' && path === collection)
    if (creates && (creates.example || maker !== collection)) {
      const { status, body } = await call(creates, { fill, body: await withOwnOffer(creates.example) })
      // Of some there is one at a time, and it has been made for another route.
      if (status !== 409)
        return z.looseObject({ id: z.string() }, { error: JSON.stringify(body) }).parse(body).id
    }
    if (!lists) throw new Error(`nothing makes or lists ${collection}`)
    const { data } = z
      .looseObject({ data: z.array(z.looseObject({ id: z.string() })).min(1) })
      .parse((await call(lists, { fill })).body)
    return data[0]?.id ?? ''
  }

  /** Tenancies are neither made nor listed by themselves: a void brings one. */
  async function ownTenancy(own: Map<string, string>): Promise<void> {
    const { body } = await gateway.api('POST /v1/voids', { body: voidRequest() })
    own.set('property_id', body.property_id).set('tenancy_id', body.tenancy.id)
  }

  /** For each parameter of the path that names one of our objects, one of the main account. */
  async function ownIds({ path, parameters }: DocumentedRoute): Promise<ReadonlyMap<string, string>> {
    const own = new Map<string, string>()
    if (path.includes('{tenancy_id}')) await ownTenancy(own)
    const inOrder = parameters
      .filter(namesOurs)
      .toSorted((one, other) => path.indexOf(one.name) - path.indexOf(other.name))
    for (const { name } of inOrder.filter(parameter => !own.has(parameter.name)))
      own.set(name, await ownIdIn(path.slice(0, path.indexOf(`/{${name}}`)), own))
    return own
  }

  const randomLike: Fill = parameter => {
    const prefix = idPrefixes.find(known => byExample(parameter).startsWith(`${known}_`))
    return prefix ? newId(prefix) : byExample(parameter)
  }

  test('is answered as one that there is not, to the letter', async () => {
    await forEvery(
      route => route.parameters.some(namesOurs) && !showsNoBody(route),
      async route => {
        const own = await ownIds(route)
        const theirs = await call(route, {
          key: stranger,
          fill: parameter => own.get(parameter.name) ?? byExample(parameter),
        })
        const random = await call(route, { key: stranger, fill: randomLike })
        const { request_id: _one, ...seen } = expectProblem(theirs, 'not_found')
        const { request_id: _other, ...expected } = expectProblem(random, 'not_found')
        expect(seen).toEqual(expected)
      },
    )
  })

  test('is in none of the lists of a stranger', async () => {
    const isList = ({ method, path }: DocumentedRoute) =>
      method === 'GET' &&
      routes.some(other => other.path.startsWith(`${path}/{`) && other.parameters.some(namesOurs))
    await forEvery(
      route => isList(route) && !route.path.includes('{'),
      async route => {
        const answer = await call(route, { key: stranger })
        // What shows a provider's whole account is for whoever has a connection of their own.
        if (answer.status === 422) expectProblem(answer, 'provider_not_connected')
        else expect(answer.body.data.filter(({ id }: { id: string }) => id !== strangersKey)).toEqual([])
      },
    )
  })
})

describe('the OpenAPI document', () => {
  test('has every route that is served, and no other', () => {
    const documented = routes.map(({ method, path }) => `${method} ${path}`)
    expect(
      servedRoutes(gateway.app)
        .filter(route => !UNDOCUMENTED.test(route))
        .toSorted(),
    ).toEqual(documented.toSorted())
  })

  test('shows an example of every body that is needed', () => {
    expect(routes.filter(showsNoBody).map(({ method, path }) => `${method} ${path}`)).toEqual([])
  })

  test('names every operation once', () => {
    const names = routes.map(({ operationId }) => operationId)
    expect(new Set(names).size).toBe(names.length)
    expect(names.filter(name => !/^[a-z][A-Za-z]+$/.test(name))).toEqual([])
  })

  test('lists the problems of every operation, each with its status', async () => {
    const known: Readonly<Record<string, { readonly status: number }>> = problems
    await forEvery(all, async route => {
      const statuses = route['x-problems'].map(code => String(known[code]?.status))
      const documented = Object.keys(route.responses).filter(status => status >= '400')
      expect(new Set(statuses)).toEqual(new Set(documented))
      for (const status of documented)
        expect(route.responses[status]?.$ref).toBe(`#/components/responses/Problem${status}`)
    })
  })

  test('has a status for what a body of any length and kind is answered with', async () => {
    const payload = 'x'.repeat(2 * 1_048_576)
    await forEvery(
      ({ method }) => method !== 'GET',
      async route => {
        const headers = { 'content-type': 'text/plain' }
        expect(Object.keys(route.responses)).toContain(
          String((await call(route, { payload: 'x', headers })).status),
        )
        expect(Object.keys(route.responses)).toContain(String((await call(route, { payload })).status))
      },
    )
  })

  test('is served as it is', async () => {
    const { status, headers, body } = await gateway.api('GET /openapi.json', { key: null })
    expect(status).toBe(200)
    expect(headers['content-type']).toBe('application/json; charset=utf-8')
    expect(body).toEqual(JSON.parse(JSON.stringify(gateway.app.swagger())))
  })

  test.skipIf(!existsSync(COMMITTED))('is the committed one: run npm run openapi when it is not', () => {
    const served = `${JSON.stringify(gateway.app.swagger(), null, 2)}\n`
    expect(readFileSync(COMMITTED, 'utf8') === served).toBe(true)
  })
})
