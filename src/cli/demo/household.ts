import { addDays, type PlainDate, plainDateOf } from '#values/dates'

/** The people of the demo and where they want to live. Nobody of them exists. */
export const POSTCODE = 'NE1 2QB'

/** What the simulators take for a direct debit that the bank rejects (docs/simulators.md). */
const REJECTED_ACCOUNT = '00000001'
const LEAD_TIME_DAYS = 60

/** The next academic year that is not about to begin. */
export function nextTenancy(now: Date): { start_date: PlainDate; end_date: PlainDate } {
  const earliest = plainDateOf(addDays(now, LEAD_TIME_DAYS))
  const year = Number(earliest.slice(0, 4))
  const first = earliest <= `${year}-09-01` ? year : year + 1
  return { start_date: `${first}-09-01`, end_date: `${first + 1}-08-31` }
}

function person(first_name: string, last_name: string, digit: number, run: string) {
  const email = `${first_name}.${last_name}+${run}@example.com`.toLowerCase()
  return { first_name, last_name, email, phone: `07700 90010${digit}` }
}

const born = { date_of_birth: '2006-04-12', nationality: 'GB' }

function bankAccount(account_name: string, account_number: string) {
  return { account_name, account_number, sort_code: '20-00-00' }
}

const billing_address = { line_1: '1 Chapel Lane', city: 'Leeds', postcode: 'LS6 3AA' }

/** Two who pay by direct debit, the second from an account that the bank rejects, and one who is invited. */
export function tenantsOf(run: string) {
  const amira = { ...person('Amira', 'Khan', 1, run), ...born, billing_address }
  const ben = { ...person('Ben', 'Walsh', 2, run), ...born, billing_address }
  return [
    { ...amira, bank_account: bankAccount('A Khan', '12345678') },
    { ...ben, bank_account: bankAccount('B Walsh', REJECTED_ACCOUNT) },
    person('Chloe', 'Evans', 3, run),
  ]
}

export const correctedAccount = bankAccount('B Walsh', '23456789')

/** Whom to contact about a lead. */
export function contactOf(run: string) {
  return person('Amira', 'Khan', 1, run)
}

/** Somebody whose order Housr takes without ever answering (docs/simulators.md). */
export function unluckyTenant(run: string) {
  const { date_of_birth } = born
  return { ...person('Dev', 'Patel', 4, run), date_of_birth, email: `answer-lost+${run}@housr.example.com` }
}
