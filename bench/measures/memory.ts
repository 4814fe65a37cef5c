import { setTimeout as pause } from 'node:timers/promises'
import { burst } from '#bench/load'
import { type Findings, figure } from '#bench/report'
import { quoteBody } from '#bench/requests'
import type { Rig, RunningGateway } from '#bench/rig'
import { gatewayTarget } from '#bench/targets'

const MEGABYTE = 1_048_576
const IN_FLIGHT = 1_000
const SETTLE_MS = 3_000
const LATE = { fault: 'slow' as const, operation: 'packages.list', times: 1_000_000, ms: 900 }

const megabytes = (value: number) => `${value.toFixed(0)} MB`

/** P13: how much more the gateway holds while a thousand quotes wait for a late provider. */
export async function measureMemory(rig: Rig, gateway: RunningGateway): Promise<Findings> {
  const { program } = gateway
  const rest = program.memory()
  const waiting = gatewayTarget('quotes that wait', gateway, { path: '/v1/quotes', body: quoteBody })
  await rig.fault('homebox', LATE)
  await burst(waiting, IN_FLIGHT / 10)
  await pause(SETTLE_MS)
  const idle = program.memory()
  let most = idle
  const timer = setInterval(() => {
    most = Math.max(most, program.memory())
  }, 10)
  await burst(waiting, IN_FLIGHT)
  clearInterval(timer)
  await rig.fault('homebox', null)
  const growth = ((most - idle) / MEGABYTE) * (1_000 / IN_FLIGHT)
  return {
    figures: [
      figure(['P13', 'more memory with 1,000 quotes in flight'], growth, { most: 80 }, megabytes),
      figure(['P13', 'memory after the start'], rest / MEGABYTE, { most: 160 }, megabytes),
    ],
    groups: [],
  }
}
