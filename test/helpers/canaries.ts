/** Values that no honest text holds, and that are looked for wherever they must not be. */
export type Canaries = Readonly<Record<string, string | RegExp>>

const SORT_CODE = '60-92-81'

export const bank = {
  // Six digits stand in many an id, but never by themselves.
  'sort code': /(?<![0-9a-z])609281(?![0-9a-z])/i,
  'sort code with dashes': SORT_CODE,
  'account number': '73910264',
} satisfies Canaries

export const person = {
  'first name': 'Serinus',
  'last name': 'Kanarienvogel',
  'account name': 'Vogel Canarina',
  'e-mail': 'zeisig',
  phone: '79111234',
  'phone with a space': '7911 1234',
  'birth date': '1987-03-17',
  'birth date with slashes': '17/03/1987',
  'birth date in digits': '17031987',
  nationality: '"XK"',
} satisfies Canaries

/** What Housr's answer tells of a password (chapter "Success Response"). */
export const password = {
  'password rule': 'initials plus date of birth',
  'new user': 'New Housr user created',
} satisfies Canaries

/** The names of the canaries that stand in a text. */
export function heardIn(text: string, canaries: Canaries): string[] {
  return Object.entries(canaries)
    .filter(([, canary]) => (typeof canary === 'string' ? text.includes(canary) : canary.test(text)))
    .map(([name]) => name)
}

export const bankAccount = {
  account_name: person['account name'],
  account_number: bank['account number'],
  sort_code: SORT_CODE,
}

export const billingAddress = { line_1: '1 Aviary Close', city: 'London', postcode: 'SW1A 1AA' }

interface How {
  /** What goes wrong where a provider is told the e-mail address. */
  readonly fault?: string
  /** What goes wrong where a provider is told the name only. */
  readonly strike?: string
}

/** People with the canaries' names, kept apart by a number of two digits and, from those of another batch, by its name. */
export function aviary(batch: string) {
  const contact = (number: number, { fault = 'serin', strike = '' }: How = {}) => ({
    first_name: person['first name'],
    last_name: strike ? `${person['last name']} Zz-${strike}` : person['last name'],
    email: `${fault}+${person['e-mail']}${number}-${batch}@example.com`,
    phone: `0${person.phone}${number}`,
  })
  const born = (number: number, how: How = {}) => ({
    ...contact(number, how),
    date_of_birth: person['birth date'],
    nationality: 'XK',
  })
  const paying = (number: number, how: How = {}) => ({
    ...born(number, how),
    bank_account: bankAccount,
    billing_address: billingAddress,
  })
  return { contact, born, paying }
}
export type Aviary = ReturnType<typeof aviary>
