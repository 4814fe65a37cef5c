import { providerIds } from '#contract/vocabulary'
import type { TestGateway } from '#test/gateway'

/** A clock for gateways and simulators that stands still until time is let pass. */
export function createStandingClock(start = new Date()) {
  let time = start.getTime()
  return {
    now: () => new Date(time),
    pass: (ms: number) => {
      time += ms
    },
  }
}

/** Lets every process of these look for whatever it is time to look for, all at once. Returns how many looks there were. */
export async function lookAtDue(...gateways: readonly TestGateway[]): Promise<number> {
  const looks = gateways.flatMap(({ services }) =>
    providerIds.map(provider => services.reconciler.lookAtDue(provider)),
  )
  return (await Promise.all(looks)).reduce((sum, count) => sum + count, 0)
}

/** The waits before the first four looks: the third and the fourth prove together that something is absent. */
export const WAITS_MS = [5_000, 15_000, 45_000, 135_000] as const

/** Lets time go by and a gateway look, again and again, for as long as proof of absence takes. */
export async function lookUntilProven(
  gateway: TestGateway,
  clock: Pick<ReturnType<typeof createStandingClock>, 'pass'>,
): Promise<void> {
  for (const ms of WAITS_MS) {
    clock.pass(ms)
    await lookAtDue(gateway)
  }
}

/** What the metrics say under this name, by labels; zeros left out. */
export async function metricsOf(gateway: TestGateway, name: string): Promise<Record<string, number>> {
  const { text } = await gateway.api('GET /metrics', { key: null })
  const lines = text.split('\n').filter(line => line.startsWith(`${name}{`))
  const read = lines.map(line => [line.slice(name.length + 1, line.lastIndexOf('}')), line.split(' ').at(-1)])
  return Object.fromEntries(read.map(([labels = '', value]) => [labels.replaceAll('"', ''), Number(value)]))
}
