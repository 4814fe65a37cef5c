import { z } from 'zod'
import type { Upstream, UpstreamRequest } from '#providers/port/upstream'

export const HomeboxCredentials = z.strictObject({
  token: z
    .string()
    .regex(/^[\x21-\x7e]+$/, 'must be printable ASCII without spaces')
    .meta({ secret: true, description: 'API token of the partner account.' }),
})

type Target = Pick<UpstreamRequest, 'path' | 'params' | 'query'>

export interface HomeboxClient {
  get<S extends z.ZodType>(target: Target, schema: S): Promise<z.output<S>>
}

/** Chapter "Authentication": a bearer token with each request. */
export function createHomeboxClient(
  { token }: z.output<typeof HomeboxCredentials>,
  upstream: Upstream,
): HomeboxClient {
  const headers = { accept: 'application/json', authorization: `Bearer ${token}` }
  return {
    get: (target, schema) => upstream.json({ ...target, method: 'GET', headers }, schema),
  }
}
