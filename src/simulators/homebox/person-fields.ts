import { z } from 'zod'
import { Birthday } from '#simulators/homebox/fields'

const required = z.string().min(1)

/** With the country code, such as `+441234567890`. */
export const PhoneField = z.string().regex(/^\+[1-9]\d{7,14}$/)
export const AccountNumber = z.string().regex(/^\d{8}$/)
export const SortCode = z.string().regex(/^\d{6}$/)

/** What an invitation needs. Chapter "Invite Bill Payer". */
export const Invitee = z.strictObject({
  first_name: required,
  last_name: required,
  phone_number: PhoneField,
})

/** A tenant of a lead or partner package: here the field is called `email_address`. */
export const Contact = Invitee.extend({ email_address: z.email() })

/** A bill payer: here it is `email`. Chapter "Update Bill Payer". */
export const Payer = Invitee.extend({
  email: z.email(),
  birthday: Birthday,
  nationality: z.string().regex(/^[A-Z]{2}$/),
})
