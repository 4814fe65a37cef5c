import type { UpstreamRequest } from '#providers/port/upstream'

type Method = UpstreamRequest['method']

/** How one operation is asked for. */
export interface OperationRow {
  readonly method: Method
  readonly path: string
  /** Whether it stands in the provider's document, or the deployment has confirmed it. */
  readonly confirmed: boolean
}

const documented = (method: Method, path: string): OperationRow => ({ method, path, confirmed: true })
const inferred = (method: Method, path: string): OperationRow => ({ method, path, confirmed: false })

/**
 * Every operation of the provider by name. Its document has lost most methods and paths: they are inferred from the two
 * that it names (lower case, no separators, `_by_code`, slash at the end) and from the words of the sections.
 */
export const operationRows = {
  'auth.token': inferred('POST', '/token/'),
  'auth.permissions': inferred('GET', '/permissions/'),
  'media.create': inferred('POST', '/medias/'),
  'media.list': inferred('GET', '/medias/'),
  'media.get': inferred('GET', '/medias/{id}/'),
  'media.update': inferred('PATCH', '/medias/{id}/'),
  'giftcards.list': inferred('GET', '/giftcards/'),
  'giftcards.get': inferred('GET', '/giftcards/{id}/'),
  'giftcards.getByCode': inferred('GET', '/giftcards_by_code/{code}/'),
  'vouchers.list': inferred('GET', '/vouchers/'),
  'vouchers.get': inferred('GET', '/vouchers_by_code/{code}/'),
  'vouchers.update': inferred('PATCH', '/vouchers_by_code/{code}/'),
  'prototypes.create': inferred('POST', '/voucherprototypes/'),
  'prototypes.list': inferred('GET', '/voucherprototypes/'),
  'prototypes.get': inferred('GET', '/voucherprototypes/{id}/'),
  'prototypes.update': inferred('PUT', '/voucherprototypes/{id}/'),
  'prototypes.options': inferred('GET', '/voucherprototypes/{id}/options/'),
  'options.create': inferred('POST', '/voucheroptions/'),
  'options.list': inferred('GET', '/voucheroptions/'),
  'options.get': inferred('GET', '/voucheroptions/{id}/'),
  'options.update': inferred('PUT', '/voucheroptions/{id}/'),
  'categories.create': inferred('POST', '/voucheroptioncategories/'),
  'categories.list': inferred('GET', '/voucheroptioncategories/'),
  'categories.get': inferred('GET', '/voucheroptioncategories/{id}/'),
  'categories.update': inferred('PUT', '/voucheroptioncategories/{id}/'),
  'networkGiftcards.create': inferred('POST', '/networkgiftcards/'),
  'networkGiftcards.getByCode': inferred('GET', '/networkgiftcards_by_code/{code}/'),
  'networkGiftcards.listByEmail': inferred('GET', '/networkgiftcards_by_email/{email}/'),
  'networkGiftcards.usages': inferred('GET', '/networkgiftcards_by_code/{code}/usages/'),
  'networkGiftcards.use': documented('POST', '/networkgiftcards_by_code/{code}/use/'),
  'networkGiftcards.useWithPartnerId': documented(
    'POST',
    '/networkgiftcards_by_code/{code}/use_with_mybb_id/',
  ),
  'networkGiftcards.cancelUsage': inferred('POST', '/networkgiftcardusages/{id}/cancel/'),
  'boxes.list': inferred('GET', '/networkvoucherboxes/'),
  'boxes.get': inferred('GET', '/networkvoucherboxes/{id}/'),
  'boxes.offers': inferred('GET', '/networkvoucherboxes/{id}/offers/'),
  'networkVouchers.getByCode': inferred('GET', '/networkvouchers_by_code/{code}/'),
  'networkVouchers.listByEmail': inferred('GET', '/networkvouchers_by_email/{email}/'),
  'networkVouchers.usages': inferred('GET', '/networkvouchers_by_code/{code}/usages/'),
  'partners.create': inferred('POST', '/partners/'),
  'networkPartners.create': inferred('POST', '/networkpartners/'),
  'networkPartners.update': inferred('PATCH', '/networkpartners/'),
  'partners.check': inferred('GET', '/partners/check/'),
  'kyc.pushDocument': inferred('POST', '/kycdocuments/'),
  'payments.create': inferred('POST', '/payments/'),
  'payments.update': inferred('PATCH', '/payments/{id}/'),
  'payments.list': inferred('GET', '/payments/'),
  'payments.get': inferred('GET', '/payments/{id}/'),
  'payments.refund': inferred('POST', '/payments/{id}/refund/'),
  'payments.transactions': inferred('GET', '/payments/{id}/transactions/'),
  'payoutRequests.list': inferred('GET', '/payoutrequests/'),
  'payoutRequests.get': inferred('GET', '/payoutrequests/{id}/'),
  'payoutRequests.payments': inferred('GET', '/payoutrequests/{id}/payments/'),
  'payoutRequests.validate': inferred('POST', '/payoutrequests/{id}/validate/'),
  'payoutRequests.cancel': inferred('POST', '/payoutrequests/{id}/cancel/'),
  'payoutRequests.pdf': inferred('GET', '/payoutrequests/{id}/pdf/'),
  'payoutRequests.xls': inferred('GET', '/payoutrequests/{id}/xls/'),
  'invoices.list': inferred('GET', '/invoices/'),
  'invoices.get': inferred('GET', '/invoices/{id}/'),
  'invoices.payments': inferred('GET', '/invoices/{id}/payments/'),
  'kyc.level': inferred('GET', '/kyc/{partner_uuid}/'),
  'wallets.balance': inferred('GET', '/wallets/{partner_uuid}/balance/'),
  'wallets.transfers': inferred('GET', '/wallets/{uuid}/transfers/'),
  'carts.create': inferred('POST', '/multiproductcarts/'),
  'paymentRequests.create': inferred('POST', '/paymentrequests/'),
  'paymentRequests.list': inferred('GET', '/paymentrequests/'),
  'paymentRequests.get': inferred('GET', '/paymentrequests/{id}/'),
  'paymentRequests.payments': inferred('GET', '/paymentrequests/{id}/payments/'),
} as const satisfies Record<string, OperationRow>

export type RowName = keyof typeof operationRows

export function isRowName(name: string): name is RowName {
  return Object.hasOwn(operationRows, name)
}

/** How the provider is spoken to. */
export interface OperationTable {
  /** The word before the token in `Authorization`; the document says no more than "ApiKey". */
  readonly scheme: string
  readonly rows: Readonly<Record<RowName, OperationRow>>
}

export const inferredTable: OperationTable = { scheme: 'Token', rows: operationRows }

/** The names in braces of a path, in the order in which they stand. */
export function placeholdersOf(path: string): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
}
