import { expect, onTestFinished, test } from 'vitest'
import { startReconciliation } from '#jobs/reconcile'
import { until } from '#test/crash-world'
import { startTestGateway } from '#test/gateway'
import { createStandingClock } from '#test/looking'
import { stepsOf, unknownOrder } from '#test/unknown-orders'

test('unknown outcomes are looked for whenever it is time, until that is stopped', async () => {
  const clock = createStandingClock()
  const gateway = await startTestGateway({ now: clock.now })
  onTestFinished(gateway.close)
  const { id } = await unknownOrder(gateway)
  const reconciliation = startReconciliation(gateway.services)
  clock.pass(5_000)
  await until('the order', async () => {
    const states = await stepsOf(gateway, id)
    return states.every(state => state === 'succeeded') || null
  })
  await reconciliation.stop()
  const { id: later } = await unknownOrder(gateway, { tenants: [] })
  clock.pass(5_000)
  expect(await gateway.services.reconciler.lookAtDue('homebox')).toBe(0)
  expect(await stepsOf(gateway, later)).toEqual(['unknown'])
})
