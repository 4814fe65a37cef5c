import { type KindName, kinds } from '#test/crash-kinds'
import { contact } from '#test/lead-requests'
import { invitee, payer } from '#test/orders'

/** A request that is sent once or more often, always under the same key. */
export interface Request {
  readonly kind: KindName
  readonly key: string
  readonly body: Readonly<Record<string, unknown>>
  readonly house: string
  readonly people: readonly Readonly<Record<string, unknown>>[]
  /** The text of the answer that is to be given again from now on. */
  remembered: string | null
}

function peopleOf(kind: KindName, number: string): Request['people'] {
  switch (kind) {
    case 'a Homebox order':
      return [
        payer({ email: `payer${number}@example.com` }),
        invitee({ phone: `07700 900${number}1`, email: `invitee${number}@example.com` }),
      ]
    case 'a lead':
      return [
        contact(1, { email: `one${number}@example.com` }),
        contact(2, { email: `two${number}@example.com` }),
      ]
    case 'a Housr order':
      return [invitee({ email: `housr${number}@example.com`, date_of_birth: '1999-03-04' })]
  }
}

/** A household of its own for each number up to 99, so that each effect can be told from every other. */
export function numberedRequest(kind: KindName, number: number): Request {
  const two = String(number).padStart(2, '0')
  const house = `House ${two}`
  const people = peopleOf(kind, two)
  const address = { line_1: house, city: 'London', postcode: 'SW1A 1AA' }
  const body = { ...kinds[kind].body, address, tenants: people }
  return { kind, key: `request-${two}`, body, house, people, remembered: null }
}
