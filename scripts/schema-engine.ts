import { globSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { PrismaPg } from '@prisma/adapter-pg'
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  type SqlDriverAdapter,
  type SqlQuery,
} from '@prisma/driver-adapter-utils'
import * as runtime from '@prisma/schema-engine-wasm/schema_engine_bg'
import pg from 'pg'

/**
 * The SQL that is missing between the migrations and the models, or null when they agree: Prisma's own schema
 * engine as WebAssembly, so nothing has to be downloaded.
 *
 * Prisma compares only what its schema language can express. Partial and expression indexes, CHECK constraints,
 * triggers and functions are written into a migration by hand; the comparison neither wants nor drops them.
 *
 * @param shadow connection string of an empty database, in which the migrations are applied
 * @param folder holds `schema.prisma`, `models/*.prisma` and `migrations/`
 * @throws Error when the schema holds no model, or when a migration does not apply
 */
export async function missingSql(shadow: string, folder: string): Promise<string | null> {
  const schema = readSchema(folder)
  const pool = new pg.Pool({ connectionString: shadow, max: 1, idleTimeoutMillis: 0 })
  const connect = () => connectForEngine(pool)
  const adapter = bindMigrationAwareSqlAdapterFactory({
    provider: 'postgres',
    adapterName: '@prisma/adapter-pg',
    connect,
    connectToShadowDb: connect,
  })
  try {
    const engine = await openEngine(schema, adapter)
    const { stdout } = await engine.diff({
      from: { tag: 'migrations', ...readMigrations(join(folder, 'migrations')) },
      to: { tag: 'schemaDatamodel', files: schema },
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    })
    return stdout === null || stdout.startsWith('-- This is an empty migration') ? null : stdout
  } catch (err) {
    // The engine only names the migration; what Postgres said of it stays with the adapter.
    const cause = adapter.errorRegistry.consumeError(0)?.error
    if (!(err instanceof Error && cause instanceof Error)) throw err
    throw new Error(`${err.message.split('\n')[0]} ${cause.message}`, { cause })
  } finally {
    await pool.end()
  }
}

type File = { path: string; content: string }

function readSchema(folder: string): File[] {
  const paths = [join(folder, 'schema.prisma'), ...globSync(join(folder, 'models/*.prisma')).sort()]
  const files = paths.map(path => ({ path, content: readFileSync(path, 'utf8') }))
  // Without this, models that are not found look like models that agree.
  if (!files.some(file => /^model /m.test(file.content))) throw new Error(`${folder} holds no model`)
  return files
}

function readMigrations(folder: string) {
  const paths = globSync('*/migration.sql', { cwd: folder }).sort()
  return {
    baseDir: folder,
    lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
    shadowDbInitScript: '',
    migrationDirectories: paths.map(path => ({
      path: dirname(path),
      migrationFile: {
        path: 'migration.sql',
        content: { tag: 'ok' as const, value: readFileSync(join(folder, path), 'utf8') },
      },
    })),
  }
}

async function openEngine(schema: readonly File[], adapter: object): Promise<runtime.SchemaEngine> {
  loadEngine()
  const datamodels = schema.map((file): [string, string] => [file.path, file.content])
  return await runtime.SchemaEngine.new({ datamodels }, () => undefined, adapter)
}

/** Prisma's published adapter, with two things put right that only a schema engine asks of it. */
async function connectForEngine(pool: pg.Pool): Promise<SqlDriverAdapter> {
  const { CHAR, TEXT } = pg.types.builtins
  const letters = new WeakMap<object, readonly number[]>()
  const query = async (config: pg.QueryArrayConfig) => {
    const result = await pool.query(config)
    const found = result.fields.filter(field => field.dataTypeID === CHAR)
    letters.set(
      result.rows,
      found.map(field => result.fields.indexOf(field)),
    )
    for (const field of found) field.dataTypeID = TEXT
    return result
  }
  const queried = new Proxy(pool, {
    get: (target, name) => (name === 'query' ? query : Reflect.get(target, name)),
  })
  const connection = await new PrismaPg(queried).connect()
  const queryRaw = connection.queryRaw.bind(connection)
  return Object.assign(connection, {
    // It does not know the type of the catalogue's one-letter columns, and the engine insists on it.
    async queryRaw(query: SqlQuery) {
      const result = await queryRaw(query)
      for (const at of letters.get(result.rows) ?? []) result.columnTypes[at] = ColumnTypeEnum.Character
      return result
    },
    // It splits a script at every semicolon, also inside a function's body.
    executeScript: async (script: string) => void (await pool.query(script)),
  })
}

/** Only what is used of it; the full types come with a browser's library. */
declare const WebAssembly: {
  Module: new (code: Uint8Array) => object
  Instance: new (module: object, imports: Record<string, object>) => { exports: Record<string, unknown> }
}

/** What the package's own entry does by importing a .wasm file, which Node still calls experimental. */
function loadEngine(): void {
  const home = dirname(createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg'))
  const code = new WebAssembly.Module(readFileSync(join(home, 'schema_engine_bg.wasm')))
  const engine = new WebAssembly.Instance(code, { './schema_engine_bg.js': runtime })
  runtime.__wbg_set_wasm(engine.exports)
  const start = engine.exports['__wbindgen_start']
  if (typeof start === 'function') start()
}
