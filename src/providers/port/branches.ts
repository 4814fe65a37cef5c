import type { ProviderPage } from '#providers/port/paging'
import type { FilePart } from '#providers/port/upstream'

/** How an account at a provider presents itself. */
export interface Appearance {
  readonly name: string | null
  readonly reference_number: string | null
  readonly theme_color_primary: string | null
  readonly logo_url: string | null
  /** As the provider writes it. */
  readonly management_fee: string | null
}

/** Only the fields that change. */
export type AppearanceChanges = Readonly<
  Partial<Record<'name' | 'reference_number' | 'theme_color_primary', string>>
>

/** A branch as the provider shows it. */
export interface ProviderBranch extends Appearance {
  readonly id: string
}

export interface BranchDraft {
  readonly name: string
  readonly email: string
  readonly reference_number: string | null
  readonly theme_color_primary: string | null
  readonly logo: FilePart | null
}

export interface BranchOperations {
  'branches.create': (draft: BranchDraft) => Promise<{ readonly id: string }>
  'branches.get': (at: { branch_id: string }) => Promise<ProviderBranch>
  'branches.list': (at: { page: number }) => Promise<ProviderPage<ProviderBranch>>
  /** Pointers of its errors are relative to `changes`. */
  'branches.update': (input: { branch_id: string; changes: AppearanceChanges }) => Promise<ProviderBranch>
}
