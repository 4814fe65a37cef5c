import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PrismaPg } from '@prisma/adapter-pg'
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlMigrationAwareDriverAdapterFactory,
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
  try {
    const engine = await openEngine(schema, pool)
    const { stdout } = await engine.diff({
      from: { tag: 'migrations', ...readMigrations(join(folder, 'migrations')) },
      to: { tag: 'schemaDatamodel', files: schema },
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    })
    return stdout === null || stdout.startsWith('-- This is an empty migration') ? null : stdout
  } finally {
    await pool.end()
  }
}

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

type File = { path: string; content: string }

async function openEngine(schema: readonly File[], pool: pg.Pool): Promise<runtime.SchemaEngine> {
  loadEngine()
  const adapter = new PrismaPg(describing(pool))
  const connect = async () => {
    const connection = await adapter.connect()
    // The published adapter splits a script at every semicolon, also inside a function's body.
    connection.executeScript = async script => void (await pool.query(script))
    return connection
  }
  const factory: SqlMigrationAwareDriverAdapterFactory = {
    provider: 'postgres',
    adapterName: adapter.adapterName,
    connect,
    connectToShadowDb: connect,
  }
  const datamodels = schema.map((file): [string, string] => [file.path, file.content])
  return await runtime.SchemaEngine.new(
    { datamodels },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(factory),
  )
}

/** The catalogue's one-letter columns have a type that the adapter does not know: they are called text. */
function describing(pool: pg.Pool): pg.Pool {
  const { CHAR, TEXT } = pg.types.builtins
  const query = async (config: pg.QueryArrayConfig) => {
    const result = await pool.query(config)
    for (const field of result.fields) if (field.dataTypeID === CHAR) field.dataTypeID = TEXT
    return result
  }
  return new Proxy(pool, { get: (target, name) => (name === 'query' ? query : Reflect.get(target, name)) })
}

/** Only what is used of it; the full types come with a browser's library. */
declare const WebAssembly: {
  Module: new (code: Uint8Array) => object
  Instance: new (module: object, imports: Record<string, object>) => { exports: Record<string, unknown> }
}

/** What the package's own entry does by importing a .wasm file, which Node still calls experimental. */
function loadEngine(): void {
  const home = dirname(fileURLToPath(import.meta.resolve('@prisma/schema-engine-wasm/schema_engine_bg')))
  const code = new WebAssembly.Module(readFileSync(join(home, 'schema_engine_bg.wasm')))
  const engine = new WebAssembly.Instance(code, { './schema_engine_bg.js': runtime })
  runtime.__wbg_set_wasm(engine.exports)
  const start = engine.exports['__wbindgen_start']
  if (typeof start === 'function') start()
}
