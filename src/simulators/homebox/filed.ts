import { z } from 'zod'

/** A meter reading, with the house whose meter it is. */
export function readingOf<S extends z.ZodType>(property: S) {
  return z.object({
    id: z.int(),
    /** Null: taken for the property, whatever is ordered there. */
    order_id: z.int().nullable(),
    property,
    type: z.enum(['electric', 'gas', 'water']),
    reading: z.string(),
    reading2: z.string().nullable(),
    /** `YYYY-MM-DD` */
    read_on: z.string(),
    source: z.string().nullable(),
    created_at: z.string(),
  })
}

export const PostalBill = z.object({
  id: z.int(),
  order_id: z.int(),
  name: z.string(),
  notes: z.string().nullable(),
  created_at: z.string(),
})
export type PostalBill = z.infer<typeof PostalBill>
