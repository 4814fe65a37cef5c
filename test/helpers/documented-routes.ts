import type { FastifyInstance } from 'fastify'
import { z } from 'zod'

const Parameter = z.looseObject({
  name: z.string(),
  in: z.enum(['path', 'query', 'header']),
  example: z.unknown().optional(),
  schema: z.looseObject({ enum: z.array(z.string()).exactOptional(), $ref: z.string().exactOptional() }),
})

const Media = z.looseObject({
  example: z.unknown().optional(),
  schema: z.looseObject({ $ref: z.string().exactOptional() }).exactOptional(),
})

/** The schema of a form's part; those of files are binary. */
const Part = z.looseObject({ format: z.string().exactOptional() })

const Operation = z.looseObject({
  operationId: z.string(),
  summary: z.string().min(1),
  description: z.string().min(1),
  tags: z.array(z.string()).length(1),
  security: z.array(z.unknown()).exactOptional(),
  parameters: z.array(Parameter).default([]),
  requestBody: z
    .looseObject({ content: z.record(z.string(), Media), required: z.boolean().default(false) })
    .exactOptional(),
  responses: z.record(z.string(), z.looseObject({ $ref: z.string().exactOptional() })),
  'x-problems': z.array(z.string()),
})

const Method = z.enum(['get', 'post', 'put', 'patch', 'delete'])

const Document = z.looseObject({
  openapi: z.literal('3.1.0'),
  paths: z.record(z.string(), z.partialRecord(Method, Operation)),
  components: z.looseObject({
    schemas: z.record(
      z.string(),
      z.looseObject({
        enum: z.array(z.string()).exactOptional(),
        properties: z.record(z.string(), Part).exactOptional(),
      }),
    ),
  }),
})

/** An endpoint as the OpenAPI document has it. */
export interface DocumentedRoute extends z.output<typeof Operation> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** As `/v1/quotes/{quote_id}`. */
  readonly path: `/${string}`
  readonly open: boolean
  /** The documented example of its JSON body; undefined when it takes none, null when none is documented. */
  readonly example: unknown
  /** The files of a body that comes as a form and not as JSON; null for any other. */
  readonly formFiles: readonly string[] | null
}

const METHODS = { get: 'GET', post: 'POST', put: 'PUT', patch: 'PATCH', delete: 'DELETE' } as const

export function documentedRoutes(app: FastifyInstance): DocumentedRoute[] {
  const { paths, components } = Document.parse(JSON.parse(JSON.stringify(app.swagger())))
  return Object.entries(paths).flatMap(([path, operations]) =>
    z
      .array(z.tuple([Method, Operation]))
      .parse(Object.entries(operations))
      .map(([method, operation]) => {
        const { 'application/json': json, 'multipart/form-data': form } = operation.requestBody?.content ?? {}
        const formSchema = components.schemas[form?.schema?.$ref?.split('/').at(-1) ?? '']
        const formParts = Object.entries(formSchema?.properties ?? {})
        return {
          ...operation,
          method: METHODS[method],
          path: `/${path.slice(1)}` as const,
          parameters: operation.parameters.map(parameter => ({
            ...parameter,
            schema: components.schemas[parameter.schema.$ref?.split('/').at(-1) ?? ''] ?? parameter.schema,
          })),
          open: operation.security?.length === 0,
          example: json ? (json.example ?? null) : undefined,
          formFiles:
            form && !json
              ? formParts.filter(([, { format }]) => format === 'binary').map(([name]) => name)
              : null,
        }
      }),
  )
}

/** `GET /v1/quotes` and so on: what the router really serves, without HEAD. */
export function servedRoutes(app: FastifyInstance): string[] {
  const above: string[] = []
  return app
    .printRoutes({ commonPrefix: false })
    .split('\n')
    .flatMap(line => {
      const [, indent = '', segment = '', methods = ''] =
        /^([│ ]*)[├└]── (\S*) \(([A-Z, ]+)\)/.exec(line) ?? []
      above.splice(indent.length / 4, above.length, segment)
      const path = above.join('').replaceAll(/:(\w+)/g, '{$1}')
      return methods
        .split(', ')
        .filter(method => method && method !== 'HEAD')
        .map(method => `${method} ${path}`)
    })
}
