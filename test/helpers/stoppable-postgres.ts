import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type EmbeddedDatabase, startEmbedded } from '#db/embedded'

export interface StoppablePostgres {
  readonly url: string
  /** Gone at once, without a word to anybody; resolves once it is. */
  kill(): Promise<void>
  /** Back, with everything that was committed. */
  start(): Promise<void>
  /** Gone for good. */
  remove(): Promise<void>
}

/** A Postgres server of one's own, which forgets nothing that it has committed. */
export async function startStoppablePostgres(): Promise<StoppablePostgres> {
  const directory = await mkdtemp(join(tmpdir(), 'billbridge-stoppable-'))
  const start = () => startEmbedded(directory, () => undefined)
  let server: EmbeddedDatabase = await start()
  return {
    url: server.url,
    kill: async () => {
      const file = await readFile(join(directory, 'postgres/postmaster.pid'), 'utf8')
      process.kill(Number(file.split('\n')[0]), 'SIGQUIT')
      await server.stop()
    },
    start: async () => {
      server = await start()
    },
    remove: async () => {
      await server.stop()
      await rm(directory, { recursive: true, force: true })
    },
  }
}
