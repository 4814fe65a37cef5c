import type { z } from 'zod'
import type { VoucherOptionCategory, VoucherOptionCategoryChanges } from '#contract/voucher-option-categories'
import type { Told } from '#providers/port/provider-objects'

export type CategoryDraft = z.output<typeof VoucherOptionCategoryChanges>
export type ProviderCategory = Told<z.output<typeof VoucherOptionCategory>>

/** What the options of a voucher are sorted by. */
export interface CategoryOperations {
  'categories.create': (draft: CategoryDraft) => Promise<ProviderCategory>
  'categories.list': (all: Record<string, never>) => Promise<readonly ProviderCategory[]>
  'categories.get': (at: { id: string }) => Promise<ProviderCategory>
  /** All of it at once. Pointers of its errors are relative to `changes`. */
  'categories.update': (input: { id: string; changes: CategoryDraft }) => Promise<ProviderCategory>
}
