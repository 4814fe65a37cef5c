import { access, constants, mkdtemp, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const MEMORY = '/dev/shm'
const TMPFS = 0x01_02_19_94
/** Of bytes; a run needs a tenth of that. */
const ROOM = 2 * 1024 ** 3

/**
 * A new folder for a throw-away cluster, which whoever asked for it removes. In memory where there is plenty: making a
 * database from a template takes 30 ms there, and 100 to 500 ms of the kernel's time on a disk.
 */
export async function makeScratchFolder(): Promise<string> {
  return await mkdtemp(join((await hasRoomInMemory()) ? MEMORY : tmpdir(), 'billbridge-test-'))
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
