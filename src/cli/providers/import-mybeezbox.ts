import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { z } from 'zod'
import { CommandFailure } from '#cli/command-failure'
import { matchOperations, OpenapiFile } from '#cli/providers/match-operations'
import { readOperationsFile } from '#providers/mybeezbox/operations-file'
import { operationRows } from '#providers/mybeezbox/operation-table'

function jsonIn(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    throw new CommandFailure(`${file} cannot be read as JSON.`)
  }
}

/** What stands in the file already: what is not found now stays as it was. */
function kept(file: string | undefined): Readonly<Record<string, unknown>> {
  if (file === undefined || !existsSync(file)) return {}
  const read = readOperationsFile(readFileSync(file, 'utf8'))
  if ('mistakes' in read) throw new CommandFailure(`${file} ${read.mistakes.join(`\n${file} `)}`)
  return z.record(z.string(), z.unknown()).parse(jsonIn(file))
}

/**
 * Fills the table of operations from the OpenAPI file that the provider's site offers, and says what could not be
 * found in it: that stays as it is, and refused in live mode.
 */
export function runImportMybeezbox(from: string, { write }: { write?: string }): void {
  const openapi = OpenapiFile.safeParse(jsonIn(from))
  if (!openapi.success) throw new CommandFailure(`${from} is no OpenAPI file: it has no paths.`)
  const { rows, missed } = matchOperations(openapi.data)
  const text = `${JSON.stringify({ ...kept(write), ...rows }, null, 2)}\n`
  if (write === undefined) process.stdout.write(text)
  else writeFileSync(write, text)
  const [server] = openapi.data.servers ?? []
  const all = Object.keys(operationRows).length
  const report = [
    `${all - missed.length} of ${all} operations found.`,
    ...missed.map(line => `not found: ${line}`),
    ...(server ? [`MYBEEZBOX_BASE_URL must be ${server.url}`] : []),
    ...(write === undefined ? [] : [`Set MYBEEZBOX_OPERATIONS_FILE=${write}`]),
  ]
  process.stderr.write(`${report.join('\n')}\n`)
}
