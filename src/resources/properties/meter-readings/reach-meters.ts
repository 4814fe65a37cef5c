import type { Call } from '#http/caller'
import { ProblemError } from '#http/problem-error'
import { supports } from '#providers/registry'
import type { Metered } from '#resources/orders/meter-readings/metered'
import { findProperty, houseThere } from '#resources/properties/read-properties'
import type { Services } from '#services'
import { uuidOf } from '#values/ids'

/**
 * The meters of a house at the provider that keeps it. Throws `not_found`, and `state_conflict` while no provider that
 * takes readings has it.
 */
export async function reachMeters(services: Services, call: Call, propertyId: string): Promise<Metered> {
  const { id: uuid } = await findProperty(services.database.sql, call, uuidOf('property', propertyId))
  const there = await houseThere(services, call, uuid)
  if (there && supports(there.connection.provider, 'meter_readings.create')) {
    const { connection, providerId } = there
    return { connection, at: { property_id: providerId }, holder: { prefix: 'property', uuid } }
  }
  throw new ProblemError(
    'state_conflict',
    'This property is not known to exist at a provider that takes meter readings.',
  )
}
