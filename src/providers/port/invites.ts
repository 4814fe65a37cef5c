import type { Person } from '#providers/port/people'

export type InviteDraft = Pick<Person, 'first_name' | 'last_name' | 'phone'>

/** Somebody who was asked to sign up and has not done so yet. */
export interface ProviderInvite {
  readonly id: string
  readonly first_name: string | null
  readonly last_name: string | null
  /** E.164 where it can be read as a phone number, else as the provider writes it. */
  readonly phone: string | null
  readonly times_sent: number | null
}

export interface InviteOperations {
  /** Pointers of its errors are relative to `invite`. The answer names no id: `invites.list` shows it until the person has signed up, `tenants.list` afterwards. */
  'invites.create': (input: {
    order_id: string
    branch_id: string | null
    invite: InviteDraft
  }) => Promise<void>
  'invites.list': (at: { order_id: string }) => Promise<readonly ProviderInvite[]>
  'invites.delete': (at: { order_id: string; invite_id: string }) => Promise<void>
}
