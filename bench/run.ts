import { parseArgs } from 'node:util'
import { measureFanOut } from '#bench/measures/fan-out'
import { measureLists } from '#bench/measures/lists'
import { measureMemory } from '#bench/measures/memory'
import { measureReads } from '#bench/measures/reads'
import { measureStart } from '#bench/measures/start'
import { measureTracing } from '#bench/measures/tracing'
import { measureWebhooks } from '#bench/measures/webhooks'
import { measureWrites } from '#bench/measures/writes'
import { describe, describeMachine, type Findings } from '#bench/report'
import { measureBudget } from '#bench/measures/budget'
import { type Rig, startRig } from '#bench/rig'

const USAGE = `npm run bench               a quarter of an hour at most; prints goals, figures and what they come from
npm run bench -- --quick    two minutes, for a first look
npm run bench -- --million  the long list has a million quotes (8 GB on disk, some minutes more)
npm run bench -- budget     two gateways that share a provider's allowance, for a minute and a quarter
`

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: 'boolean' }, million: { type: 'boolean' }, help: { type: 'boolean' } },
})
const pace = values.quick ? { rounds: 5, turnMs: 600 } : { rounds: 7, turnMs: 2_500 }
const rows = values.million ? 1_000_000 : values.quick ? 30_000 : 100_000

/** Says on stderr what goes on: a bench takes its time. */
async function told(what: string, work: Promise<Findings>): Promise<Findings> {
  process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${what}\n`)
  return work
}

async function measure(rig: Rig): Promise<readonly Findings[]> {
  const findings: Findings[] = [await told('starts', measureStart(rig))]
  const gateway = await rig.gateway()
  findings.push(await told('writes', measureWrites(rig, gateway, pace)))
  findings.push(await told('reads', measureReads(rig, gateway, pace)))
  findings.push(await told('two providers at once', measureFanOut(rig, gateway)))
  await gateway.program.stop()
  const rested = await rig.gateway()
  findings.push(await told('memory', measureMemory(rig, rested)))
  await rested.program.stop()
  findings.push(await told('tracing', measureTracing(rig, pace)))
  findings.push(await told('webhooks', measureWebhooks(rig)))
  findings.push(await told(`lists of up to ${rows} quotes`, measureLists(rig, pace, rows)))
  return findings
}

/** What goes on beside everything else would show in it, and it in everything else. */
async function measureBudgetAlone(rig: Rig): Promise<readonly Findings[]> {
  const seconds = values.quick ? 30 : 60
  return [await told(`one allowance, two gateways, ${seconds} seconds`, measureBudget(rig, seconds))]
}

async function run(): Promise<void> {
  const before = describeMachine()
  const rig = await startRig()
  const interrupted = () => void rig.stop().finally(() => process.exit(130))
  process.once('SIGINT', interrupted)
  process.once('SIGTERM', interrupted)
  try {
    const findings = positionals.includes('budget') ? await measureBudgetAlone(rig) : await measure(rig)
    process.stdout.write(`${before}\n${describe(findings)}\n`)
  } finally {
    process.off('SIGINT', interrupted)
    process.off('SIGTERM', interrupted)
    await rig.stop()
  }
}

if (values.help) process.stdout.write(USAGE)
else await run()
