import { z } from 'zod'
import { badRequest } from '#simulators/housr/dialect'
import { isPlainDate } from '#values/dates'
import { parsePhone } from '#values/phone'

/** In the order in which they are asked for. */
const REQUIRED: readonly (readonly [field: string, label: string])[] = [
  ['firstName', 'Tenant first name'],
  ['lastName', 'Tenant last name'],
  ['birthday', 'Tenant birthday'],
  ['email', 'Tenant email'],
  ['contactNo', 'Tenant contact number'],
  ['address', 'Address'],
  ['broadband', 'Broadband'],
  ['numberOfTenants', 'Number of tenants'],
  ['startDate', 'Start date'],
  ['endDate', 'End date'],
  ['selectedServices', 'Selected services'],
]

const plainText = (label: string) => z.string({ error: `Invalid ${label} format` })
const DateField = z
  .string({ error: 'Invalid date format (YYYY-MM-DD)' })
  .refine(isPlainDate, { error: 'Invalid date format (YYYY-MM-DD)' })
const Choice = z.enum(['true', 'false'], { error: 'Invalid selected services format' })

const BillsPackage = z.strictObject({
  firstName: plainText('first name'),
  lastName: plainText('last name'),
  birthday: DateField,
  email: z.email({ error: 'Invalid email format' }),
  contactNo: z
    .string({ error: 'Invalid phone number format' })
    .refine(text => parsePhone(text) !== null, { error: 'Invalid phone number format' }),
  address: plainText('address'),
  broadband: plainText('broadband'),
  numberOfTenants: z.int({ error: 'Invalid number of tenants format' }).min(1, {
    error: 'Invalid number of tenants format',
  }),
  startDate: DateField,
  endDate: DateField,
  selectedServices: z.strictObject(
    { gas: Choice, electricity: Choice, water: Choice, tv: Choice, wifi: Choice },
    { error: 'Invalid selected services format' },
  ),
})
export type BillsPackage = z.infer<typeof BillsPackage>

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || value === ''
}

/** First everything that is required, then the formats; one error at a time. Throws Refusal. */
export function readBillsPackage(body: unknown): BillsPackage {
  const given = z.record(z.string(), z.unknown()).safeParse(body)
  if (!given.success) throw badRequest('Invalid JSON')
  for (const [field, label] of REQUIRED) {
    if (isAbsent(given.data[field])) throw badRequest(`${label} is required`)
  }
  const result = BillsPackage.safeParse(body)
  if (result.success) return result.data
  const [issue] = result.error.issues
  if (issue?.code === 'unrecognized_keys' && issue.path.length === 0) {
    throw badRequest(`Unknown field ${issue.keys[0] ?? ''}`)
  }
  throw badRequest(issue?.message ?? 'Invalid request')
}
