import { z } from 'zod'
import { ProviderId } from '#contract/vocabulary'
import { fixture } from '#test/fixture'

const Documented = z.record(
  ProviderId,
  z.array(
    z.strictObject({
      request: z.string().regex(/^(GET|POST|PUT|PATCH|DELETE) \/\S+$/),
      chapter: z.string().min(1),
      operations: z.array(z.string()),
    }),
  ),
)

/** Every endpoint that the providers' documents name, in their order, and the operations that use it. */
export function documentedEndpoints(): z.infer<typeof Documented> {
  return Documented.parse(fixture('.', 'endpoints'))
}
