import { z } from 'zod'
import type { Call, Endpoint } from '#simulators/core/endpoint'
import type { Store } from '#simulators/core/store'
import { PARTNER } from '#simulators/mybeezbox/fields'
import { isBetween, searches, transition } from '#simulators/mybeezbox/payments'
import { openRows, reads, rowAt, type Rows } from '#simulators/mybeezbox/records'

/** The document shows no field: these are what payments tell of a payout request. */
const VALIDATED = {
  id: 1,
  status: 'validated',
  ...PARTNER,
  amount: 95,
  creation_date: '2022-06-16 12:00:0.000000+00:00',
  validation_date: '2022-06-16 12:00:0.000000+00:00',
}
const OPEN = {
  ...VALIDATED,
  id: 2,
  status: 'to be validated',
  creation_date: '2023-03-01 12:00:0.000000+00:00',
  validation_date: null,
}
const ANOTHER = { ...OPEN, id: 3 }

const day = z.iso.date().optional()
const flag = z.enum(['true', 'false']).optional()

/** The six filters of "Get all payout requests". */
const Query = z.strictObject({
  creation_date__gte: day,
  creation_date__lte: day,
  status: z.string().min(1).optional(),
  partner_uuid: z.uuid().optional(),
  has_validated_kyc: flag,
  has_blocked_payout_validation: flag,
})

/** Files are made when they are asked for. */
function file(
  rows: Rows,
  kind: 'pdf' | 'xls',
  contentType: string,
  content: (id: string) => string,
): Endpoint {
  const plain = reads({
    operation: `payoutRequests.${kind}`,
    path: `/payoutrequests/:id/${kind}/`,
    find: (call: Call) => rowAt(rows, call)['id'],
  })
  return {
    ...plain,
    accept: call => {
      const accepted = plain.accept(call)
      const text = content(String(rowAt(rows, call)['id']))
      const headers = { 'content-type': contentType }
      return { ...accepted, apply: () => ({ status: 200, headers, body: null, text }) }
    },
  }
}

export function payoutRequestEndpoints(store: Store, payments: Rows, now: () => Date): Endpoint[] {
  const rows = openRows(store, 'payout-requests', [VALIDATED, OPEN, ANOTHER])
  const path = '/payoutrequests/'
  const open = { from: 'to be validated' }
  return [
    searches({ operation: 'payoutRequests.list', path }, Query, query =>
      rows
        .all()
        .filter(
          row =>
            isBetween(row['creation_date'], query.creation_date__gte, query.creation_date__lte) &&
            (query.status === undefined || row['status'] === query.status) &&
            (query.partner_uuid === undefined || row['partner_uuid'] === query.partner_uuid),
        ),
    ),
    reads({ operation: 'payoutRequests.get', path: `${path}:id/`, find: call => rowAt(rows, call) }),
    reads({
      operation: 'payoutRequests.payments',
      path: `${path}:id/payments/`,
      find: call => {
        const { id } = rowAt(rows, call)
        return payments.all().filter(payment => payment['payout_request_id'] === id)
      },
    }),
    transition(rows, {
      operation: 'payoutRequests.validate',
      path: `${path}:id/validate/`,
      ...open,
      to: 'validated',
      further: () => ({ validation_date: now().toISOString() }),
    }),
    transition(rows, {
      operation: 'payoutRequests.cancel',
      path: `${path}:id/cancel/`,
      ...open,
      to: 'cancelled',
    }),
    file(rows, 'pdf', 'application/pdf', id => `%PDF-1.7\n% payout request ${id}\n%%EOF\n`),
    file(rows, 'xls', 'application/vnd.ms-excel', id => `payout request\t${id}\n`),
  ]
}
