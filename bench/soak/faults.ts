import type { FaultName } from '#simulators/core/faults'
import type { RunningSimulators } from '#simulators/index'

const NAMES: readonly FaultName[] = [
  'refused',
  'rate-limited',
  'error',
  'unavailable',
  'applied-error',
  'html',
  'slow',
  'hang',
  'cut-before',
  'answer-lost',
  'cut-body',
  'renamed-field',
  'extra-fields',
]
const OPERATIONS = {
  homebox: [
    'packages.list',
    'orders.create',
    'orders.get',
    'tenants.create',
    'tenants.list',
    'leads.create',
    'leads.get',
  ],
  housr: ['bills-packages.create'],
} as const
const SLOW_MS = 1_500
/** One provider is down for a third of the time. */
const FLAP_MS = 30_000
const DOWN_MS = 10_000

const oneOf = <T>(items: readonly T[]): T => {
  const item = items[Math.floor(Math.random() * items.length)]
  if (item === undefined) throw new RangeError('nothing to choose from')
  return item
}

/** Lets some provider do something wrong, once, when it is next asked for one of its operations. */
export function armOnce(simulators: RunningSimulators): void {
  const provider = oneOf(['homebox', 'homebox', 'homebox', 'housr'] as const)
  simulators[provider].arm({
    fault: oneOf(NAMES),
    operation: oneOf(OPERATIONS[provider]),
    times: 1,
    ms: SLOW_MS,
  })
}

/** Has One Utility Bill go down and come back, again and again, until it is stopped. */
export function startFlapping({ one_utility_bill }: RunningSimulators): { stop(): void } {
  const fall = () => {
    for (const operation of ['quotes.create', 'leads.create'])
      one_utility_bill.arm({ fault: 'unavailable', operation, times: 1_000_000 })
  }
  const timers = [setInterval(fall, FLAP_MS)]
  const first = setTimeout(() => {
    timers.push(setInterval(() => one_utility_bill.disarm(), FLAP_MS))
    one_utility_bill.disarm()
  }, DOWN_MS)
  fall()
  return {
    stop() {
      clearTimeout(first)
      timers.forEach(clearInterval)
      one_utility_bill.disarm()
    },
  }
}
