import pg from 'pg'
import { startEmbedded } from '#db/embedded'

/**
 * A process of its own around an embedded database, to be killed by tests: `embedded-child.ts <directory> [write]`.
 * Prints `ready <url>` or the error's message; with `write` it then prints each row's number once it is committed.
 */
const [directory = '', task] = process.argv.slice(2)
try {
  const database = await startEmbedded(directory, line => process.stdout.write(`log ${line}\n`))
  process.stdout.write(`ready ${database.url}\n`)
  if (task === 'write') await writeForever(database.url)
  else process.stdin.once('data', () => void database.stop().then(() => process.exit(0))).resume()
} catch (err) {
  process.stdout.write(`${err instanceof Error ? err.message : err}\n`)
  process.exitCode = 1
}

async function writeForever(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined) // the server is killed under it
  await client.connect()
  await client.query('DROP TABLE IF EXISTS written; CREATE TABLE written (number INT PRIMARY KEY)')
  for (let number = 1; number <= 1_000_000; number += 1) {
    await client.query('INSERT INTO written VALUES ($1)', [number])
    process.stdout.write(`${number}\n`)
  }
}
