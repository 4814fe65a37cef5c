import { stat } from 'node:fs/promises'
import { embeddedError } from '#db/embedded-error'

/** The user that the server's processes get; empty for our own. */
export type RunAs = { readonly uid: number; readonly gid: number } | Readonly<Record<string, never>>

/** `nobody` on every current Linux distribution. */
const NOBODY = { uid: 65534, gid: 65534 }

/** Children get none of our environment: no secret of ours, no `PG*` setting of somebody else. */
export const bareEnvironment = { PATH: '/usr/bin:/bin', LC_ALL: 'C' }

/**
 * Postgres refuses to run as root. Started by root, the server runs as the owner of an existing cluster, or as
 * `nobody`; started by anybody else it runs as that user, who must own the cluster.
 */
export async function serverUser(data: string): Promise<RunAs> {
  const found = await stat(data).catch(() => null)
  const me = process.getuid?.()
  if (me !== 0) {
    if (found !== null && found.uid !== me)
      throw embeddedError(`${data} belongs to another user (${found.uid})`)
    return {}
  }
  if (process.platform !== 'linux') throw embeddedError('it does not run as root on this system')
  return found === null || found.uid === 0 ? NOBODY : { uid: found.uid, gid: found.gid }
}
