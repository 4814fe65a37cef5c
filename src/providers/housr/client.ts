import { z } from 'zod'
import type { Upstream } from '#providers/port/upstream'

export const HousrCredentials = z.strictObject({
  api_key: z
    .string()
    .regex(/^[\x21-\x7e]+$/, 'must be printable ASCII without spaces')
    .meta({ secret: true, description: 'API key of the registered company.' }),
})

export interface HousrClient {
  post<S extends z.ZodType>(path: string, value: unknown, schema: S): Promise<z.output<S>>
}

/** Chapter "Authentication": the key in a header of its own. */
export function createHousrClient(
  { api_key }: z.output<typeof HousrCredentials>,
  upstream: Upstream,
): HousrClient {
  return {
    post: (path, value, schema) =>
      upstream.json(
        { method: 'POST', path, headers: { 'x-api-key': api_key }, body: { kind: 'json', value } },
        schema,
      ),
  }
}
