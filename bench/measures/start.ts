import { type Findings, figure } from '#bench/report'
import type { Rig } from '#bench/rig'
import { median } from '#bench/statistics'

const STARTS = 5
const seconds = (value: number) => `${value.toFixed(2)} s`

/** P15: from nothing to answering, on a migrated database. */
export async function measureStart(rig: Rig): Promise<Findings> {
  const first = await rig.gateway()
  await first.program.stop()
  const took: number[] = []
  for (let start = 0; start < STARTS; start += 1) {
    const began = performance.now()
    const { program, origin } = await rig.again(first)
    const ready = await fetch(`${origin}/health/ready`)
    if (ready.status !== 200) throw new Error(`not ready: ${ready.status}`)
    took.push((performance.now() - began) / 1_000)
    await program.stop()
  }
  return { figures: [figure(['P15', 'cold start to ready'], median(took), { most: 2 }, seconds)], groups: [] }
}
