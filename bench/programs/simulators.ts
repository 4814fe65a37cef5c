import { z } from 'zod'
import { simulatorVariables } from '#bench/simulator-variables'
import { startSimulators } from '#simulators/index'

/** Only with `counting` One Utility Bill refuses the call too many. */
const limit = process.argv.includes('counting') ? {} : { limit: 'off' as const }
const { stop, ...simulators } = await startSimulators(limit)

/** What the bench may ask for: answers that come late or never from now on, or as ever. */
const Order = z.object({
  provider: z.enum(['homebox', 'one_utility_bill']),
  arm: z
    .object({ fault: z.enum(['slow', 'hang']), operation: z.string(), times: z.int(), ms: z.int() })
    .nullable(),
})

process.on('message', message => {
  const { provider, arm } = Order.parse(message)
  simulators[provider].disarm()
  if (arm) simulators[provider].arm(arm)
  process.send?.('done')
})
process.once('disconnect', () => void stop())

process.send?.(simulatorVariables(simulators))
