import { z } from 'zod'

/** At most so many fields of an object whose shape the provider's document does not tell. */
const MOST_FIELDS = 30

/** An object whose shape the provider's document does not tell: passed on as it is. */
export const PassedOn = z
  .record(z.string().max(64), z.unknown())
  .refine(fields => Object.keys(fields).length <= MOST_FIELDS, {
    error: `must have at most ${MOST_FIELDS} fields`,
    params: { code: 'too_many' },
  })

/** The same in an answer. */
export const GivenBack = z
  .record(z.string(), z.unknown())
  .nullable()
  .meta({ description: 'As MyBeezBox writes it.' })
