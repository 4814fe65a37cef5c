import type { Tx } from '#db/tx'
import type { Entry } from '#journal/entry'
import { idFromUuid } from '#values/ids'

/** How an adapter says that the provider has a contract with this person already. */
const ASSOCIATED = 'already_associated'

const HINT = `
  UPDATE operations SET hint = $4
  WHERE account_id = $1 AND connection_id = $2 AND operation = 'orders.create' AND state = 'unknown' AND resource_id IN (
    SELECT earlier.order_id FROM tenants earlier JOIN tenants refused
      ON refused.account_id = earlier.account_id AND lower(refused.email) = lower(earlier.email)
    WHERE refused.account_id = $1 AND refused.order_id = $3 AND refused.position = 0
      AND earlier.position = 0 AND earlier.order_id <> $3)`

/**
 * A provider that refuses an order because it has a contract with the person may have got it from an earlier order whose
 * outcome is unknown: that is told there. It proves nothing, since they may have it from elsewhere.
 */
export function hintAtEarlier(tx: Tx, entry: Entry): void {
  const { accountId, connectionId, resource, error } = entry
  if (!error?.errors.some(({ code }) => code === ASSOCIATED)) return
  const later = idFromUuid('order', resource.uuid)
  const hint = `A later order with the same e-mail address (${later}) was refused because there is a contract for it already: this one may have been carried out.`
  tx.write(HINT, [accountId, connectionId, resource.uuid, hint])
}
