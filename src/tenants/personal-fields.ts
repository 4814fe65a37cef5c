import { z } from 'zod'

/** What is known of a tenant as a person, each perhaps not. */
export const personalFields = {
  first_name: z.string().nullable(),
  last_name: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  date_of_birth: z.string().nullable(),
  nationality: z.string().nullable(),
}
