/**
 * What the name of a field says about its value. `name` is one of a person or of a product, as its neighbours tell;
 * `person` is somebody, or the provider's number of them.
 */
export type Kind = 'secret' | 'bank' | 'personal' | 'person' | 'name' | 'id' | 'plain'

const secret =
  /password|passwd|passphrase|passcode|secret|token|apikey|authorization|cookie|credential|privatekey/
const bank =
  /accountn(?:o|um)|sortcode|iban|^bic$|bic(?:code|number)|swift|cardn(?:o|um)|^cvv|^cvc|routingnumber/
const personal =
  /email|phone|mobile|birth|^dob$|dateofb|^filename$|billingaddress|responsibleaddress|forwardingdetails|firstname|lastname|surname|forename|middlename|fullname|maidenname|nationality|accountname|accountholder|(?:tenant|contact|customer|payer|user|person)name|togiftee|fromgifter|gifteraddress|gifterzip|giftercity|recipientaddress|^hq(?:address|postal|city)/

const person = /^(?:customer|gifter|giftee)$/

/** Reads a key in any spelling: `accountNumber`, `account_number` and `Account-Number` are one. */
export function kindOf(key: string): Kind {
  const plain = key.toLowerCase().replace(/[^a-z0-9]/g, '')
  if (secret.test(plain)) return 'secret'
  if (bank.test(plain)) return 'bank'
  if (personal.test(plain)) return 'personal'
  if (person.test(plain)) return 'person'
  if (plain === 'name') return 'name'
  return /(?:^|_|-)u?u?id$|[a-z]I[dD]$/.test(key) ? 'id' : 'plain'
}

/** What Homebox says of a mandate (chapter "Get Tenant Mandate"): whose account it is, and how it stands. */
function isMandate(keys: readonly string[]): boolean {
  return keys.length === 2 && keys.includes('status')
}

/** Whether an object with these keys is about a person, so that its plain `name` is one. */
export function isAboutPerson(keys: readonly string[]): boolean {
  if (isMandate(keys)) return true
  return keys.some(key => /email|phone|mobile|birth|lastname|surname/i.test(key.replace(/[^a-z]/gi, '')))
}
