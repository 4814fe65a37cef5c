import { mkdtemp, mkdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { makeApiKey } from '#accounts/api-key'
import { type Program, startGateway } from '#bench/program'
import { describe, describeMachine, type Figure } from '#bench/report'
import { simulatorVariables } from '#bench/simulator-variables'
import { createEffects, type Effects } from '#bench/soak/effects'
import { armOnce, startFlapping } from '#bench/soak/faults'
import { atMost, none, type Sample, slopeOf, socketsOf, stuckRows } from '#bench/soak/judge'
import { startTraffic, type Traffic } from '#bench/soak/traffic'
import { startEmbedded } from '#db/embedded'
import { type RunningSimulators, startSimulators } from '#simulators/index'

const USAGE = `npm run soak -- 30   so many minutes (30 by default) of mixed traffic with faults; exit code 1 when something is left behind\n`
const DEADLINE_MS = 2_000
const CALLERS = 8
const THINK_MS = 100
/** What the first requests make it hold is no leak. */
const WARM_UP_MINUTES = 5
/** Below this a slope says nothing. */
const SLOPE_MINUTES = 10
const REST_MS = 120_000
const TOLD_A_MINUTE = 2
/** Looking for changes goes on at rest, over connections that are kept. */
const MORE_SOCKETS = 8
/** As in a container: by itself Node takes what it likes of a large machine before it tidies up. */
const HEAP = '--max-old-space-size=256'
const MEGABYTE = 1_048_576

interface Soak {
  readonly program: Program
  readonly origin: string
  readonly key: string
  readonly databaseUrl: string
  readonly simulators: RunningSimulators
}

async function prepare(undo: AsyncDisposableStack): Promise<Soak> {
  const folder = await mkdtemp(join(tmpdir(), 'billbridge-soak-'))
  undo.defer(() => rm(folder, { recursive: true, force: true }))
  const postgres = await startEmbedded(join(folder, 'postgres'), () => undefined)
  undo.defer(() => postgres.stop())
  const simulators = await startSimulators({ limit: 'off' })
  undo.defer(() => simulators.stop())
  const key = makeApiKey('test')
  const { stop: _, ...providers } = simulators
  await mkdir(join(folder, 'gateway'))
  const [program, origin] = await startGateway(join(folder, 'gateway'), {
    ...simulatorVariables(providers),
    DATABASE_URL: postgres.url,
    BILLBRIDGE_API_KEY: key,
    BILLBRIDGE_ENCRYPTION_KEY: Buffer.alloc(32, 1).toString('base64'),
    RATE_LIMIT_PER_MINUTE: '0',
    PROVIDER_TIMEOUT_MS: String(DEADLINE_MS),
    NODE_OPTIONS: HEAP,
  })
  undo.defer(() => program.stop())
  return { program, origin, key, databaseUrl: postgres.url, simulators }
}

/** Lets the traffic run for so long. Answers what the process held meanwhile. */
async function run({ program }: Soak, effects: Effects, minutes: number): Promise<Sample[]> {
  const began = performance.now()
  const samples: Sample[] = []
  for (;;) {
    await pause(1_000)
    effects.collect()
    const passed = (performance.now() - began) / 60_000
    const megabytes = program.memory() / MEGABYTE
    if (Math.floor(passed * TOLD_A_MINUTE) > Math.floor((samples.at(-1)?.minutes ?? 0) * TOLD_A_MINUTE))
      process.stderr.write(`${passed.toFixed(1)} minutes: ${megabytes.toFixed(0)} MB\n`)
    samples.push({ minutes: passed, megabytes })
    if (passed >= minutes) return samples
  }
}

async function countOf(client: pg.Client, from: string): Promise<number> {
  const { rows } = await client.query<{ count: number }>(`SELECT count(*)::int AS count ${from}`)
  return rows[0]?.count ?? 0
}

async function busyConnections(origin: string): Promise<number> {
  const text = await (await fetch(`${origin}/metrics`)).text()
  return Number(/billbridge_db_pool_connections\{state="in_use"\} (\d+)/.exec(text)?.[1] ?? Number.NaN)
}

/** What is left behind now that nobody asks for anything. */
async function leftBehind(soak: Soak, client: pg.Client, baseline: number): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const [what, from] of Object.entries(stuckRows(DEADLINE_MS)))
    figures.push(none(what, await countOf(client, from)))
  figures.push(none('database connections in use at rest', await busyConnections(soak.origin)))
  figures.push(atMost('sockets at rest', socketsOf(soak.program), baseline + MORE_SOCKETS))
  return figures
}

/** Looks again and again until nothing is left behind, or it has been long enough. */
async function rest(soak: Soak, effects: Effects, baseline: number): Promise<Figure[]> {
  const client = new pg.Client({ connectionString: soak.databaseUrl })
  await client.connect()
  const end = performance.now() + REST_MS
  try {
    for (;;) {
      await pause(1_000)
      effects.collect()
      const figures = await leftBehind(soak, client, baseline)
      if (figures.every(({ met }) => met) || performance.now() > end) return figures
    }
  } finally {
    await client.end()
  }
}

function memoryFigures(samples: readonly Sample[], minutes: number): Figure[] {
  const warm = samples.filter(sample => sample.minutes >= Math.min(WARM_UP_MINUTES, minutes / 3))
  const slope = slopeOf(warm)
  const show = (value: number) =>
    value === Number.POSITIVE_INFINITY ? 'told only' : `${value.toFixed(2)} MB/min`
  const most = minutes >= SLOPE_MINUTES ? 0.5 : Number.POSITIVE_INFINITY
  const [last] = samples.slice(-1)
  return [
    atMost('memory growth after warm-up', slope, most, show),
    atMost(
      'memory at the end',
      last?.megabytes ?? Number.NaN,
      Number.POSITIVE_INFINITY,
      value => `${value.toFixed(0)} MB`,
    ),
  ]
}

/** The share of answers that blame the request: the faults make some of them, the soak itself none. */
function refusedOf(statuses: Traffic['statuses']): number {
  const all = [...statuses]
  const sum = (of: typeof all) => of.reduce((total, [, many]) => total + many, 0)
  return sum(all.filter(([status]) => status >= 400 && status < 500 && status !== 409)) / sum(all)
}

function answerFigures({ statuses }: Traffic, effects: Effects): Figure[] {
  const answers = [...statuses].toSorted(([one], [other]) => one - other)
  const { total, repeated } = effects.tally()
  process.stderr.write(
    `answers by status: ${answers.map(([status, many]) => `${status} × ${many}`).join(', ')}\n`,
  )
  for (const what of repeated) process.stderr.write(`done more than once: ${what}\n`)
  return [
    none('answers of 500', statuses.get(500) ?? 0),
    atMost('answers of 4xx, of a hundred', refusedOf(statuses) * 100, 5, value => value.toFixed(1)),
    none('connections broken', statuses.get(0) ?? 0),
    none(`done twice, of ${total} things done at providers`, repeated.length),
  ]
}

async function soak(minutes: number): Promise<boolean> {
  await using undo = new AsyncDisposableStack()
  const before = describeMachine()
  const prepared = await prepare(undo)
  await pause(5_000)
  const baseline = socketsOf(prepared.program)
  const { simulators } = prepared
  const effects = createEffects([simulators.homebox, simulators.housr, simulators.one_utility_bill])
  const flapping = startFlapping(simulators)
  undo.defer(() => flapping.stop())
  const load = { callers: CALLERS, thinkMs: THINK_MS, armOnce: () => armOnce(simulators) }
  const traffic = startTraffic(prepared, load)
  process.stderr.write(`${minutes} minutes from ${new Date().toISOString().slice(11, 19)}\n`)
  const samples = await run(prepared, effects, minutes)
  await traffic.stop()
  flapping.stop()
  simulators.homebox.disarm()
  simulators.housr.disarm()
  const left = await rest(prepared, effects, baseline)
  const figures = [...answerFigures(traffic, effects), ...left, ...memoryFigures(samples, minutes)]
  process.stdout.write(`${before}\n${describe([{ figures, groups: [] }])}\n`)
  return figures.every(({ met }) => met)
}

const { positionals, values } = parseArgs({ allowPositionals: true, options: { help: { type: 'boolean' } } })
const minutes = Number(positionals[0] ?? 30)
if (values.help || !(minutes > 0)) process.stdout.write(USAGE)
else process.exitCode = (await soak(minutes)) ? 0 : 1
