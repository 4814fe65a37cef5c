import type { Api } from '#test/api'
import { household } from '#test/households'

/** Somebody who gives a bank account and becomes a bill payer. */
export function payer(changes: Readonly<Record<string, unknown>> = {}) {
  return {
    first_name: 'Jane',
    last_name: 'Smith',
    email: 'jane.smith917@example.com',
    phone: '07700 900123',
    date_of_birth: '2000-01-01',
    nationality: 'GB',
    bank_account: { account_name: 'Jane Smith', account_number: '12345678', sort_code: '00-00-00' },
    billing_address: {
      line_1: 'Flat 1',
      line_2: 'New Road',
      city: 'London',
      county: 'Greater London',
      postcode: 'NR3 2AG',
    },
    ...changes,
  }
}

/** Somebody without a bank account, to be invited by SMS. */
export function invitee(changes: Readonly<Record<string, unknown>> = {}) {
  return {
    first_name: 'John',
    last_name: 'Appleseed',
    email: 'john.appleseed@example.com',
    phone: '07700 900456',
    ...changes,
  }
}

/** The cheapest offer of Homebox for the standard household. */
export async function homeboxOffer(
  api: Api,
  changes: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const { body } = await api('POST /v1/quotes', { body: household({ providers: ['homebox'], ...changes }) })
  return body.offers[0].id
}
