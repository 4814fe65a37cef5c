import { z } from 'zod'
import type { Upstream } from '#providers/port/upstream'

export const MybeezboxCredentials = z.strictObject({
  username: z.string().min(1),
  password: z.string().min(1).meta({ secret: true }),
})

export interface MybeezboxClient {
  readonly upstream: Upstream
}

export function createMybeezboxClient(
  _credentials: z.output<typeof MybeezboxCredentials>,
  upstream: Upstream,
): MybeezboxClient {
  return { upstream }
}
