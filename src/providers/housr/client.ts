import { z } from 'zod'
import type { Upstream } from '#providers/port/upstream'

export const HousrCredentials = z.strictObject({
  api_key: z
    .string()
    .regex(/^[\x21-\x7e]+$/, 'must be printable ASCII without spaces')
    .meta({ secret: true, description: 'API key of the registered company.' }),
})

export interface HousrClient {
  readonly upstream: Upstream
}

export function createHousrClient(
  _credentials: z.output<typeof HousrCredentials>,
  upstream: Upstream,
): HousrClient {
  return { upstream }
}
