import type { z } from 'zod'
import type { VoucherPrototype, VoucherPrototypeChanges } from '#contract/voucher-prototypes'
import type { ProviderOption } from '#providers/port/options'
import type { Told } from '#providers/port/provider-objects'

export type PrototypeDraft = z.output<typeof VoucherPrototypeChanges>
export type ProviderPrototype = Told<z.output<typeof VoucherPrototype>>

/** What vouchers are made from. */
export interface PrototypeOperations {
  'prototypes.create': (draft: PrototypeDraft) => Promise<ProviderPrototype>
  'prototypes.list': (all: Record<string, never>) => Promise<readonly ProviderPrototype[]>
  'prototypes.get': (at: { id: string }) => Promise<ProviderPrototype>
  /** All of it at once. Pointers of its errors are relative to `changes`. */
  'prototypes.update': (input: { id: string; changes: PrototypeDraft }) => Promise<ProviderPrototype>
  'prototypes.options': (at: { id: string }) => Promise<readonly ProviderOption[]>
}
