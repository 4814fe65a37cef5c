import { randomBytes, randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { z } from 'zod'
import { makeApiKey } from '#accounts/api-key'
import { type Program, startGateway, startProgram } from '#bench/program'
import type { Settings, Upstream } from '#bench/programs/reference'
import { packagesPath } from '#bench/requests'
import { startEmbedded } from '#db/embedded'

const Variables = z.record(z.string(), z.string())
type Variables = z.output<typeof Variables>
const Token = z.object({ access_token: z.string() })

export interface RunningGateway {
  readonly program: Program
  readonly origin: string
  readonly key: string
  readonly databaseUrl: string
}

export interface Reference {
  readonly program: Program
  readonly origin: string
}

/** A provider whose answers come late or never; null: as ever. */
export type Fault = { fault: 'slow' | 'hang'; operation: string; times: number; ms: number } | null

/** Everything that runs during a bench: one Postgres that keeps its promises, the providers, gateways, references. */
export interface Rig {
  /** A gateway on an empty database of its own; in front of other providers where `variables` name them. */
  gateway(variables?: Variables): Promise<RunningGateway>
  /** Starts the same again, on the same database. */
  again(gateway: RunningGateway, variables?: Variables): Promise<RunningGateway>
  /** Further providers, of which One Utility Bill refuses the call too many: the variables that name them. */
  countingProviders(): Promise<Variables>
  /** On the database of the gateway that it is compared with. */
  reference(settings: Omit<Settings, 'upstreams'> & { upstreams?: readonly Upstream[] }): Promise<Reference>
  readonly upstreams: { readonly lead: Upstream; readonly packages: Upstream; readonly quotes: Upstream }
  fault(provider: 'homebox' | 'one_utility_bill', arm: Fault): Promise<void>
  query(databaseUrl: string, text: string): Promise<pg.QueryResult>
  stop(): Promise<void>
}

const REFERENCE_TABLE = `
  CREATE SCHEMA bench;
  CREATE TABLE bench.intents (id uuid PRIMARY KEY, body jsonb, state text, answer jsonb)`

async function query(databaseUrl: string, text: string): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    return await client.query(text)
  } finally {
    await client.end()
  }
}

async function upstreamsOf(variables: Variables): Promise<Rig['upstreams']> {
  const json = { accept: 'application/json', 'content-type': 'application/json' }
  const homebox = {
    origin: variables['HOMEBOX_BASE_URL'] ?? '',
    headers: { ...json, authorization: `Bearer ${variables['HOMEBOX_TOKEN']}` },
  }
  const origin = variables['ONE_UTILITY_BILL_BASE_URL'] ?? ''
  const answer = await fetch(`${origin}/oauth/token`, {
    method: 'POST',
    headers: { accept: json.accept },
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: variables['ONE_UTILITY_BILL_CLIENT_ID'] ?? '',
      client_secret: variables['ONE_UTILITY_BILL_CLIENT_SECRET'] ?? '',
      scope: 'leads quotes',
    }),
  })
  const token = Token.parse(await answer.json()).access_token
  return {
    lead: { ...homebox, method: 'POST', path: '/api/partner/lead' },
    packages: { ...homebox, method: 'GET', path: packagesPath },
    quotes: {
      origin,
      method: 'POST',
      path: '/api/v1/quotes',
      headers: { ...json, authorization: `Bearer ${token}` },
    },
  }
}

/** What is started is stopped by `stop`, in turn, whatever fails. */
export async function startRig(): Promise<Rig> {
  const folder = await mkdtemp(join(tmpdir(), 'billbridge-bench-'))
  await using undo = new AsyncDisposableStack()
  undo.defer(() => rm(folder, { recursive: true, force: true }))
  const postgres = await startEmbedded(join(folder, 'postgres'), () => undefined)
  undo.defer(() => postgres.stop())
  const [simulators, said] = await startProgram('simulators', [])
  undo.defer(() => simulators.stop())
  const variables = Variables.parse(said)

  const upstreams = await upstreamsOf(variables)
  const held = undo.move()
  async function launch(databaseUrl: string, key: string, other: Variables = {}): Promise<RunningGateway> {
    const data = join(folder, randomUUID())
    await mkdir(data)
    const [program, origin] = await startGateway(data, {
      ...variables,
      ...other,
      DATABASE_URL: databaseUrl,
      BILLBRIDGE_API_KEY: key,
      BILLBRIDGE_ENCRYPTION_KEY: Buffer.alloc(32, 1).toString('base64'),
      RATE_LIMIT_PER_MINUTE: '0',
    })
    held.defer(() => program.stop())
    return { program, origin, key, databaseUrl }
  }

  return {
    upstreams,
    query,
    async gateway(other) {
      const name = `bench_${randomBytes(4).toString('hex')}`
      await query(postgres.url, `CREATE DATABASE ${name}`)
      const url = new URL(postgres.url)
      url.pathname = `/${name}`
      await query(url.href, REFERENCE_TABLE)
      return launch(url.href, makeApiKey('test'), other)
    },
    again: ({ databaseUrl, key }, other) => launch(databaseUrl, key, other),
    async countingProviders() {
      const [program, other] = await startProgram('simulators', ['counting'])
      held.defer(() => program.stop())
      return Variables.parse(other)
    },
    async reference({ upstreams: chosen = [], ...settings }) {
      const given = JSON.stringify({ ...settings, upstreams: chosen })
      const [program, origin] = await startProgram('reference', [given])
      held.defer(() => program.stop())
      return { program, origin: z.string().parse(origin) }
    },
    async fault(provider, arm) {
      const done = new Promise(resolve => simulators.child.once('message', resolve))
      simulators.child.send({ provider, arm })
      await done
    },
    stop: () => held.disposeAsync(),
  }
}
