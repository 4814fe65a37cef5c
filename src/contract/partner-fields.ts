import { z } from 'zod'
import { absentable, PlainDate, text } from '#contract/vocabulary'
import { parseBic, parseIban } from '#values/bank-account'
import { parsePhone } from '#values/phone'
import { parseSiret } from '#values/siret'

/** A text of a request that is kept as `parse` writes it; refused with this code where it is none. */
function parsed(max: number, parse: (value: string) => string | null, message: string, code: string) {
  return z
    .string()
    .max(max)
    .transform((value, context) => {
      const read = parse(value)
      if (read !== null) return read
      context.addIssue({ code: 'custom', message, params: { code } })
      return z.NEVER
    })
}

export const Siret = parsed(24, parseSiret, 'must be a SIRET of 14 digits', 'invalid_siret').meta({
  description: 'The number of a French establishment, 14 digits.',
  examples: ['73282932000074'],
})

const phoneOf = (value: string) => parsePhone(value, 'FR')?.e164 ?? null
const phone = parsed(32, phoneOf, 'must be a phone number', 'invalid_phone').meta({
  description: 'National (FR) or E.164; kept as E.164.',
  examples: ['01 23 45 67 89'],
})

const country = z
  .string()
  .regex(/^[A-Za-z]{2}$/, { error: 'must be a country code of two letters, such as FR' })
  .transform(value => value.toUpperCase())
  .meta({ description: 'ISO 3166-1 alpha-2.', examples: ['FR'] })

export const companyTypes = ['business', 'individual', 'sole_trader', 'organisation'] as const

export const BankAccount = z
  .strictObject({
    iban: parsed(42, parseIban, 'must be an IBAN', 'invalid_iban').meta({
      examples: ['FR2212739000304675471929G68'],
    }),
    bic: absentable(parsed(16, parseBic, 'must be a BIC', 'invalid_bic').meta({ examples: ['BNPAESMS'] })),
  })
  .meta({ description: 'Passed on to MyBeezBox and not kept.' })

export const Address = z.strictObject({
  line_1: text(191),
  line_2: absentable(text(191)),
  postcode: text(10),
  city: text(191),
  country,
})

/** What partners of both kinds are told by. */
export const partnerFields = {
  commercial_name: text(191),
  short_name: text(191),
  company_type: absentable(z.enum(companyTypes)),
  email: z
    .email()
    .max(191)
    .meta({ examples: ['partner1@example.com'] }),
  phone: absentable(phone),
}

/** Registrations: RCS, APE code and VAT number. */
export const registrations = {
  rcs: absentable(text(64)),
  ape: absentable(text(16)),
  vat_id: absentable(text(32)),
}

export const website = z.url({ protocol: /^https?$/, error: 'must be a web address' }).max(2_000)

export const birthday = absentable(PlainDate)
export const personName = text(191)

const said = z.string().nullable()

/** What is answered of partners of both kinds. Birthdays are never shown. */
export const shownPartner = {
  uuid: said,
  state: z.enum(['active', 'inactive', 'test', 'network', 'other']),
  provider_state: said.meta({ description: "The provider's own word." }),
  company_type: z.enum([...companyTypes, 'other']).nullable(),
  provider_company_type: said,
  name: said,
  commercial_name: said,
  short_name: said,
  siret_number: said,
  legal_representative: z.object({ first_name: said, last_name: said }),
  address: z.object({ line_1: said, line_2: said, postcode: said, city: said, country: said }),
  rcs: said,
  ape: said,
  vat_id: said,
  email: said,
  phone: said,
  website: said,
  bank_account: z
    .object({ iban: said, bic: said })
    .nullable()
    .meta({ description: 'As far as MyBeezBox shows it, and of that the last characters alone.' }),
}
