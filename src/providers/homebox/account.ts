import { z } from 'zod'
import { OptionalText } from '#providers/answer-schemas'
import { appearance, fromHomeboxAppearance } from '#providers/homebox/appearance'
import type { HomeboxClient } from '#providers/homebox/client'
import { dataObject } from '#providers/homebox/dialect'
import type { ProviderOwnAccount } from '#providers/port/account'
import type { Implements } from '#providers/port/index'

// Every field may be missing, but an answer without any is not an account.
const Account = z
  .object({ ...appearance, name_url: OptionalText })
  .refine(({ name, reference_number }) => name !== null || reference_number !== null)
const AccountAnswer = z.object({ data: dataObject(Account) })

const ACCOUNT = '/api/partner/account'

/** Chapters "Get Account Details" and "Update Account Details": only what changes is sent. */
export const homeboxAccount = {
  'account.get': async client =>
    fromHomeboxAccount((await client.get({ path: ACCOUNT }, AccountAnswer)).data),
  'account.update': async (client, { changes }) =>
    fromHomeboxAccount((await client.post({ path: ACCOUNT }, changes, AccountAnswer)).data),
} satisfies Implements<HomeboxClient>

function fromHomeboxAccount(account: z.output<typeof Account>): ProviderOwnAccount {
  return { ...fromHomeboxAppearance(account), slug: account.name_url }
}
