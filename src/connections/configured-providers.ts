import { readFileSync } from 'node:fs'
import { type Config, ConfigError } from '#config'
import { readOperationsFile } from '#providers/mybeezbox/operations-file'
import { providersSpeaking, sealedProviders } from '#providers/registry'

const VARIABLE = 'MYBEEZBOX_OPERATIONS_FILE'

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    throw new ConfigError([`${VARIABLE} cannot be read: ${file}`])
  }
}

/** The providers as this deployment says that they are spoken to. Throws ConfigError with one line for each mistake. */
export function configuredProviders({
  mybeezboxOperationsFile: file,
}: Pick<Config, 'mybeezboxOperationsFile'>): typeof sealedProviders {
  if (file === null) return sealedProviders
  const read = readOperationsFile(textOf(file))
  if ('mistakes' in read) throw new ConfigError(read.mistakes.map(mistake => `${VARIABLE} ${mistake}`))
  return providersSpeaking(read.table)
}
