import { access, constants, mkdtemp, readdir, rm, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const MEMORY = '/dev/shm'
const TMPFS = 0x01_02_19_94
/** Of bytes; a run needs a tenth of that. */
const ROOM = 2 * 1024 ** 3
const PREFIX = 'billbridge-test-'

/**
 * A new folder for a throw-away cluster of the process `owner`, which removes it. In memory where there is plenty: making a database from a template takes 30 ms
 * there, and 100 to 500 ms of the kernel's time on a disk.
 */
export async function makeScratchFolder(owner = process.pid): Promise<string> {
  if (!(await hasRoomInMemory())) return await mkdtemp(join(tmpdir(), PREFIX))
  await removeAbandoned()
  return await mkdtemp(join(MEMORY, `${PREFIX}${owner}-`))
}

async function hasRoomInMemory(): Promise<boolean> {
  try {
    await access(MEMORY, constants.W_OK)
    const { type, bavail, bsize } = await statfs(MEMORY)
    return type === TMPFS && bavail * bsize > ROOM && process.availableMemory() > 2 * ROOM
  } catch {
    return false
  }
}

/** What a run that was killed has left would lie in memory until the next start of the machine. */
async function removeAbandoned(): Promise<void> {
  for (const name of await readdir(MEMORY)) {
    const pid = Number(new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1])
    if (pid > 0 && !isRunning(pid)) await rm(join(MEMORY, name), { recursive: true, force: true })
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (err) {
    return err instanceof Error && 'code' in err && err.code === 'EPERM'
  }
}
