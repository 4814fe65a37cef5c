import { BODY_EXAMPLES } from '#http/endpoint-schema'

/** Any JSON value. */
export type Json = { [key: string]: Json } | Json[] | string | number | boolean | null

const SCHEMAS = '#/components/schemas/'
const REQUEST_SUFFIX = 'Input'

function isRecord(value: Json | undefined): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function eachReference(value: Json | undefined, visit: (name: string) => void): void {
  if (Array.isArray(value)) for (const item of value) eachReference(item, visit)
  if (!isRecord(value)) return
  const reference = value['$ref']
  if (typeof reference === 'string' && reference.startsWith(SCHEMAS)) visit(reference.slice(SCHEMAS.length))
  for (const item of Object.values(value)) eachReference(item, visit)
}

function referencedFrom(paths: Json | undefined, schemas: { [key: string]: Json }): Set<string> {
  const used = new Set<string>()
  const visit = (name: string) => {
    if (used.has(name)) return
    used.add(name)
    eachReference(schemas[name], visit)
  }
  eachReference(paths, visit)
  return used
}

/** A schema that only requests use is called by its own name, not `…Input`. */
function shorterNames(used: ReadonlySet<string>, schemas: { [key: string]: Json }): Map<string, string> {
  const same = (one: string, other: string) => JSON.stringify(schemas[one]) === JSON.stringify(schemas[other])
  const renamed = [...used]
    .filter(
      name => name.endsWith(REQUEST_SUFFIX) && schemas[name.slice(0, -REQUEST_SUFFIX.length)] !== undefined,
    )
    .map(name => [name, name.slice(0, -REQUEST_SUFFIX.length)] as const)
    .filter(([name, shorter]) => !used.has(shorter) || same(name, shorter))
  return new Map(renamed)
}

/**
 * The generator lists every schema twice, for requests and for answers, used or not. Keeps what is referenced and
 * gives it the shorter name where the two agree.
 */
export function keepUsedSchemas(document: { [key: string]: Json }): { [key: string]: Json } {
  const components = isRecord(document['components']) ? document['components'] : {}
  const schemas = isRecord(components['schemas']) ? components['schemas'] : {}
  const used = referencedFrom(document['paths'], schemas)
  const renamed = shorterNames(used, schemas)
  const nameOf = (name: string) => renamed.get(name) ?? name
  const kept = [...used].sort().map(name => [nameOf(name), schemas[name] ?? {}] as const)
  const whole = { ...document, components: { ...components, schemas: Object.fromEntries(kept) } }
  return JSON.parse(JSON.stringify(whole), (key, value: Json) =>
    key === '$ref' && typeof value === 'string' && value.startsWith(SCHEMAS)
      ? SCHEMAS + nameOf(value.slice(SCHEMAS.length))
      : value,
  )
}

const HEADERS: Readonly<Record<string, Json>> = {
  RequestId: { description: 'Identifies this request in logs and problems.', schema: { type: 'string' } },
  RateLimit: {
    description: 'What is left of your allowance: `r` requests in the next `t` seconds.',
    schema: { type: 'string' },
  },
  ServerTiming: { description: 'Milliseconds spent here and at the providers.', schema: { type: 'string' } },
}

const ON_EVERY_ANSWER = {
  'X-Request-Id': { $ref: '#/components/headers/RequestId' },
  'Server-Timing': { $ref: '#/components/headers/ServerTiming' },
}

const ON_ANSWERS_TO_A_KEY: Json = {
  ...ON_EVERY_ANSWER,
  RateLimit: { $ref: '#/components/headers/RateLimit' },
}

function eachOperation(
  document: { [key: string]: Json },
  visit: (operation: { [key: string]: Json }) => void,
): void {
  const paths = isRecord(document['paths']) ? document['paths'] : {}
  for (const path of Object.values(paths)) {
    if (!isRecord(path)) continue
    for (const operation of Object.values(path)) if (isRecord(operation)) visit(operation)
  }
}

/** Names every problem response once, as `Problem422`, and notes the headers that are on every answer. */
export function shareResponses(
  document: { [key: string]: Json },
  describe: (status: string) => string,
): { [key: string]: Json } {
  const shared: { [key: string]: Json } = {}
  eachOperation(document, operation => {
    const responses = isRecord(operation['responses']) ? operation['responses'] : {}
    for (const [status, response] of Object.entries(responses)) {
      if (!isRecord(response)) continue
      response['headers'] = Array.isArray(operation['security']) ? ON_EVERY_ANSWER : ON_ANSWERS_TO_A_KEY
      const content = response['content']
      if (!isRecord(content) || !content['application/problem+json']) continue
      shared[`Problem${status}`] = { ...response, headers: ON_EVERY_ANSWER, description: describe(status) }
      responses[status] = { $ref: `#/components/responses/Problem${status}` }
    }
  })
  const components = isRecord(document['components']) ? document['components'] : {}
  return { ...document, components: { ...components, responses: shared, headers: { ...HEADERS } } }
}

/** Puts the example of each request body where tools look for it. */
export function placeBodyExamples(document: { [key: string]: Json }): { [key: string]: Json } {
  eachOperation(document, operation => {
    const [example] = Array.isArray(operation[BODY_EXAMPLES]) ? operation[BODY_EXAMPLES] : []
    delete operation[BODY_EXAMPLES]
    const body = operation['requestBody']
    const contents = isRecord(body) && isRecord(body['content']) ? Object.values(body['content']) : []
    for (const content of contents)
      if (example !== undefined && isRecord(content)) content['example'] = example
  })
  return document
}

/** A body that may be null may be left out. */
export function noteOptionalBodies(document: { [key: string]: Json }): { [key: string]: Json } {
  eachOperation(document, operation => {
    const body = operation['requestBody']
    if (!isRecord(body) || !isRecord(body['content'])) return
    const contents = Object.values(body['content']).filter(isRecord)
    const schemas = contents.map(({ schema }) => schema).filter(isRecord)
    const mayBeNull = ({ anyOf }: { [key: string]: Json }) =>
      Array.isArray(anyOf) && anyOf.some(part => isRecord(part) && part['type'] === 'null')
    if (schemas.some(mayBeNull)) body['required'] = false
  })
  return document
}
