import { z } from 'zod'
import type { Endpoint } from '#simulators/core/endpoint'
import type { Store } from '#simulators/core/store'
import { PARTNER } from '#simulators/mybeezbox/fields'
import { isBetween, searches } from '#simulators/mybeezbox/payments'
import { openRows, reads, rowAt, type Rows } from '#simulators/mybeezbox/records'

/** The document shows no field: these are what the filters of the list speak of. */
const INVOICE = {
  id: '5f7a3c1e-8d2b-4a6f-9c0e-1b2d3f4a5c6d',
  partner_customer: PARTNER.partner,
  partner_uuid: PARTNER.partner_uuid,
  amount: 12.5,
  invoicing_date: '2022-07-01',
}
const LATER = { ...INVOICE, id: '6a8b4d2f-9e3c-4b70-8d1f-2c3e4a5b6d7e', invoicing_date: '2023-07-01' }

const day = z.iso.date().optional()

/** The four filters of "Get all invoices". */
const Query = z.strictObject({
  invoicing_date__gte: day,
  invoicing_date__lte: day,
  partner_customer: z.string().regex(/^\d+$/).optional(),
  partner_uuid: z.uuid().optional(),
})

export function invoiceEndpoints(store: Store, payments: Rows): Endpoint[] {
  const rows = openRows(store, 'invoices', [INVOICE, LATER])
  const path = '/invoices/'
  return [
    searches({ operation: 'invoices.list', path }, Query, query =>
      rows
        .all()
        .filter(
          row =>
            isBetween(row['invoicing_date'], query.invoicing_date__gte, query.invoicing_date__lte) &&
            (query.partner_customer === undefined ||
              String(row['partner_customer']) === query.partner_customer) &&
            (query.partner_uuid === undefined || row['partner_uuid'] === query.partner_uuid),
        ),
    ),
    reads({ operation: 'invoices.get', path: `${path}:id/`, find: call => rowAt(rows, call) }),
    reads({
      operation: 'invoices.payments',
      path: `${path}:id/payments/`,
      find: call => {
        const { partner_uuid } = rowAt(rows, call)
        return payments.all().filter(payment => payment['partner_uuid'] === partner_uuid)
      },
    }),
  ]
}
