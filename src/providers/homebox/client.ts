import { z } from 'zod'
import type { RequestBody, Upstream, UpstreamRequest } from '#providers/port/upstream'

export const HomeboxCredentials = z.strictObject({
  token: z
    .string()
    .regex(/^[\x21-\x7e]+$/, 'must be printable ASCII without spaces')
    .meta({ secret: true, description: 'API token of the partner account.' }),
})

/** Deletes answer one sentence; nothing at all is as good. */
const DeletedAnswer = z.object({ message: z.string() }).optional()

type Target = Pick<UpstreamRequest, 'path' | 'params' | 'query'>
type Form = Omit<Extract<RequestBody, { kind: 'multipart' }>, 'kind'>

export interface HomeboxClient {
  get<S extends z.ZodType>(target: Target, schema: S): Promise<z.output<S>>
  post<S extends z.ZodType>(target: Target, body: unknown, schema: S): Promise<z.output<S>>
  patch<S extends z.ZodType>(target: Target, body: unknown, schema: S): Promise<z.output<S>>
  upload<S extends z.ZodType>(target: Target, form: Form, schema: S): Promise<z.output<S>>
  delete(target: Target): Promise<void>
}

/** Chapter "Authentication": a bearer token with each request. */
export function createHomeboxClient(
  { token }: z.output<typeof HomeboxCredentials>,
  upstream: Upstream,
): HomeboxClient {
  const headers = { accept: 'application/json', authorization: `Bearer ${token}` }
  const write =
    (method: 'POST' | 'PATCH') =>
    <S extends z.ZodType>(target: Target, value: unknown, schema: S) =>
      upstream.json({ ...target, method, headers, body: { kind: 'json', value } }, schema)
  return {
    get: (target, schema) => upstream.json({ ...target, method: 'GET', headers }, schema),
    post: write('POST'),
    patch: write('PATCH'),
    upload: (target, form, schema) => {
      const body = { kind: 'multipart', ...form } as const
      return upstream.json({ ...target, method: 'POST', headers, body }, schema)
    },
    delete: async target => {
      await upstream.json({ ...target, method: 'DELETE', headers }, DeletedAnswer)
    },
  }
}

/** The path of a noun, or that of its branch endpoint (chapter "Branch Accounts") when a branch acts. */
export function onBehalfOf(
  branchId: string | null,
  paths: { readonly own: string; readonly branch: string },
  params: Readonly<Record<string, string>> = {},
): Target {
  if (branchId === null) return { path: paths.own, params }
  return { path: paths.branch, params: { ...params, child_id: branchId } }
}
