import type { OrderRetry } from '#contract/orders'
import type { FieldError } from '#contract/vocabulary'
import { invalid } from '#http/problem-error'
import type { Entry } from '#journal/entry'
import { identityOf, namedTwice } from '#resources/orders/check-tenants'
import { isSkipped } from '#resources/orders/order-status'
import { unborn } from '#tenants/born-before'
import type { StoredTenant } from '#tenants/store'
import type { PlainDate } from '#values/dates'

/** An order that is gone on with, as it stands. */
interface Standing {
  readonly entries: readonly Entry[]
  readonly tenants: readonly StoredTenant[]
  readonly today: PlainDate
}

/** Whoever is neither corrected nor left out. */
function others({ entries, tenants }: Standing, { steps, skip }: OrderRetry): string[] {
  const numbers = new Set([...(steps ?? []).map(({ step }) => step), ...(skip ?? [])])
  const replaced = entries.filter((entry, index) => numbers.has(index + 1) || isSkipped(entry))
  const uuids = new Set(replaced.map(({ subject }) => subject?.uuid))
  return tenants.filter(({ uuid }) => !uuids.has(uuid)).map(({ tenant }) => identityOf(tenant))
}

/** Corrected tenants have to be as good as those of a new order. Throws `validation_failed`. */
export function checkCorrectedTenants(standing: Standing, body: OrderRetry): void {
  const identities = others(standing, body)
  const wrong = (body.steps ?? []).flatMap(({ tenant, step }, index): FieldError[] => {
    if (!tenant) return []
    const place = `/steps/${index}/tenant`
    const identity = identityOf(tenant)
    // The first step tells the provider of a tenant who is written down beside it.
    const isNamed = step > 1 && identities.includes(identity)
    identities.push(identity)
    return [
      ...(isNamed ? [namedTwice(place)] : []),
      ...unborn(`${place}/date_of_birth`, tenant.date_of_birth, standing.today),
    ]
  })
  if (wrong.length > 0) throw invalid(...wrong)
}
