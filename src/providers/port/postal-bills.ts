import type { PostalBill } from '#contract/postal-bills'
import type { ProviderPage } from '#providers/port/paging'
import type { Told } from '#providers/port/provider-objects'
import type { FilePart } from '#providers/port/upstream'

export type ProviderPostalBill = Told<PostalBill>

export interface PostalBillOperations {
  'postal_bills.create': (draft: {
    order_id: string
    notes: string | null
    file: FilePart
  }) => Promise<ProviderPostalBill>
  'postal_bills.list': (input: {
    order_id: string
    page: number
  }) => Promise<ProviderPage<ProviderPostalBill>>
}
