#!/usr/bin/env node
import { Command } from 'commander'
import { runMigrate } from '#cli/migrate'
import { runOpenapi } from '#cli/openapi'
import { runSimulators } from '#cli/simulators'
import { explainFailure, runStart } from '#cli/start'
import { version } from '#observability/version'

const program = new Command('billbridge').description('One API for household bills.').version(version)

program.command('start').description('start the service').action(runStart)

program.command('migrate').description('bring the database up to date, and end').action(runMigrate)

program
  .command('simulators')
  .description('run the provider simulators alone, and print how to reach them')
  .option('--port <number>', 'port of the first; the others follow', '4010')
  .action(runSimulators)

program
  .command('openapi')
  .description('print the OpenAPI document')
  .option('--write <file>', 'write it to a file')
  .option('--check <file>', 'end with 1 when the file is not the document')
  .action(runOpenapi)

try {
  await program.parseAsync()
} catch (err) {
  process.stderr.write(explainFailure(err))
  process.exitCode = 1
}
