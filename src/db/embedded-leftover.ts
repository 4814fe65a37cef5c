import { execFile } from 'node:child_process'
import { readdir, readlink, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import { embeddedError } from '#db/embedded-error'

const run = promisify(execFile)

/**
 * Ends what a killed run left behind in the cluster, so that this one can start: its server shuts down by itself
 * (see `watchParent`), but may still be at it, and orphaned backends outlive a killed server. Call under the lock.
 */
export async function endLeftover(data: string): Promise<void> {
  for (const [signal, patienceMs] of [
    ['SIGINT', 10_000],
    ['SIGQUIT', 5_000],
  ] as const) {
    const left = await serversIn(data)
    if (left.length === 0) break
    for (const pid of left) sendSignal(pid, signal)
    const until = Date.now() + patienceMs
    while (Date.now() < until && (await serversIn(data)).length > 0) await delay(20)
  }
  const left = await serversIn(data)
  if (left.length > 0) throw embeddedError(`Postgres process ${left[0]} of an earlier run does not end`)
  // Their process number may meanwhile be somebody else's, for which Postgres would refuse to start.
  for (const name of ['postmaster.pid', '.s.PGSQL.5432.lock']) await rm(join(data, name), { force: true })
}

function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // it ended in between
  }
}

/** Every server process works in its cluster's folder; no other program named postgres does. */
async function serversIn(data: string): Promise<number[]> {
  return process.platform === 'linux' ? await serversByProc(data) : await serversByLsof(data)
}

async function serversByProc(data: string): Promise<number[]> {
  const pids = (await readdir('/proc')).filter(name => /^\d+$/.test(name))
  const link = (pid: string, name: string) => readlink(`/proc/${pid}/${name}`).catch(() => '')
  const found = await Promise.all(
    pids.map(
      async pid =>
        (await link(pid, 'cwd')) === data && /\/postgres( \(deleted\))?$/.test(await link(pid, 'exe')),
    ),
  )
  return pids.filter((_pid, at) => found[at]).map(Number)
}

async function serversByLsof(data: string): Promise<number[]> {
  // lsof exits with 1 when nothing matches
  const output = await run('lsof', ['-a', '-c', 'postgres', '-d', 'cwd', '-Fpn']).then(
    result => result.stdout,
    () => '',
  )
  const records = output.split(/^p/m).map(record => record.split('\n'))
  return records.filter(record => record.includes(`n${data}`)).map(record => Number(record[0]))
}
