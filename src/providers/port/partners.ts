import type { z } from 'zod'
import type {
  NetworkPartner,
  NetworkPartnerChanges,
  NetworkPartnerRequest,
  NetworkPartnerSettings,
} from '#contract/network-partners'
import type { Partner, PartnerCheckQuery, PartnerRequest } from '#contract/partners'
import type { Asked, Told } from '#providers/port/provider-objects'

export type PartnerDraft = Asked<z.output<typeof PartnerRequest>>
export type NetworkPartnerDraft = Asked<z.output<typeof NetworkPartnerRequest>>
export type ProviderPartner = Told<z.output<typeof Partner>>
export type ProviderNetworkPartner = Told<z.output<typeof NetworkPartner>>
export type ProviderNetworkPartnerSettings = Told<z.output<typeof NetworkPartnerSettings>>

/** Companies that vouchers and gift cards are used at. */
export interface PartnerOperations {
  /** `existing_id` is the partner that has this SIRET before, which the provider is not told. */
  'partners.create': (
    draft: PartnerDraft & { readonly existing_id: string | null },
  ) => Promise<ProviderPartner>
  'partners.check': (by: z.output<typeof PartnerCheckQuery>) => Promise<{ readonly id: string }>
  'networkPartners.create': (draft: NetworkPartnerDraft) => Promise<ProviderNetworkPartner>
  /** Of the partner that `source_id` or `siret_number` names. */
  'networkPartners.update': (
    changes: z.output<typeof NetworkPartnerChanges>,
  ) => Promise<ProviderNetworkPartnerSettings>
}
