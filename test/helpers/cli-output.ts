import { z } from 'zod'

/** What commands show with `--json`, as far as tests look into it; the rest is kept. */

export const ShownKey = z.looseObject({
  id: z.string(),
  hint: z.string(),
  secret: z.string(),
  scopes: z.array(z.string()),
  expires_at: z.string().nullable(),
})

export const ShownKeys = z.object({ data: z.array(z.looseObject({ id: z.string(), source: z.string() })) })

export const RevokedKey = z.looseObject({ revoked_at: z.string() })

export const ShownFindings = z.object({
  ok: z.boolean(),
  findings: z.array(
    z.looseObject({
      check: z.string(),
      verdict: z.string(),
      finding: z.string(),
      advice: z.string().nullable(),
    }),
  ),
})

export const ShownOperations = z.object({
  data: z.array(z.looseObject({ id: z.string(), resource: z.string() })),
})

export const ShownWalk = z.looseObject({
  ok: z.boolean(),
  steps: z.array(z.looseObject({ step: z.string(), ok: z.boolean(), result: z.unknown() })),
})
