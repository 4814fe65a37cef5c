import { accessSync, constants, existsSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { failed, type Finding, note, ok } from '#cli/doctor/finding'
import type { Config } from '#config'
import { reasonOf } from '#db/embedded-error'

const CHECK = 'data directory'

/** The folder itself, or where it would be made. */
function nearest(path: string): string {
  return existsSync(path) || dirname(path) === path ? path : nearest(dirname(path))
}

/** Whether what the service keeps on disk can be kept. Makes nothing. */
export function checkDataDirectory(config: Config): Finding {
  const { databaseUrl, encryptionKeys, simulator } = config
  if (databaseUrl !== null && encryptionKeys !== null && !simulator)
    return ok(CHECK, 'not needed: database and key come from the environment, nothing is simulated')
  const directory = resolve(config.dataDirectory)
  const place = nearest(directory)
  const advice = 'Let this user write there, or set BILLBRIDGE_DATA_DIR to a folder where it may.'
  try {
    if (!statSync(place).isDirectory()) return failed(CHECK, `${place} is no folder`, advice)
    accessSync(place, constants.W_OK | constants.X_OK)
  } catch (err) {
    return failed(CHECK, reasonOf(err, place), advice)
  }
  return place === directory ? ok(CHECK, directory) : note(CHECK, `${directory} is made at the first start`)
}
