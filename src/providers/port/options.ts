import type { z } from 'zod'
import type {
  ChosenVoucherOption,
  VoucherOption,
  VoucherOptionChanges,
  VoucherOptionRequest,
} from '#contract/voucher-options'
import type { Asked, Told } from '#providers/port/provider-objects'

export type OptionDraft = Asked<z.output<typeof VoucherOptionRequest>>
export type ProviderOption = Told<z.output<typeof VoucherOption>>

/** What can be added to a voucher. */
export interface OptionOperations {
  'options.create': (draft: OptionDraft) => Promise<ProviderOption>
  'options.list': (all: Record<string, never>) => Promise<readonly ProviderOption[]>
  'options.get': (at: { id: string }) => Promise<ProviderOption>
  /** Pointers of its errors are relative to `changes`. */
  'options.update': (input: {
    id: string
    changes: z.output<typeof VoucherOptionChanges>
  }) => Promise<Told<z.output<typeof ChosenVoucherOption>>>
}
