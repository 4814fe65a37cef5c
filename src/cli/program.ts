import { Command, CommanderError } from 'commander'
import { portArgument, urlArgument } from '#cli/arguments'
import { WrongUsage } from '#cli/command-failure'
import { addKeyCommands } from '#cli/keys/command'
import { addOperationCommands } from '#cli/operations/command'
import { addProviderCommands } from '#cli/providers/command'
import { version } from '#observability/version'

const EXITS = `
Exit codes: 0 done, 1 failed, 2 wrong usage. In a checkout: npm run billbridge -- <command>
Colours appear on a terminal only, and not with NO_COLOR set.
`

function addServiceCommands(program: Command): void {
  program
    .command('start')
    .description('start the service, and stay until SIGTERM or Ctrl-C')
    .addHelpText('after', '\nExample:\n  PORT=8080 billbridge start\n')
    .action(async () => (await import('#cli/start')).runStart())

  program
    .command('migrate')
    .description('bring the database up to date, and end')
    .addHelpText('after', '\nExample:\n  DATABASE_URL=postgresql://… billbridge migrate\n')
    .action(async () => (await import('#cli/migrate')).runMigrate())

  program
    .command('simulators')
    .description('run the provider simulators alone, and print how to reach them')
    .option('--port <number>', 'port of the first; the others follow', portArgument, 4010)
    .addHelpText('after', '\nExample:\n  billbridge simulators --port 4010\n')
    .action(async options => (await import('#cli/simulators')).runSimulators(options))

  program
    .command('openapi')
    .description('print the OpenAPI document')
    .option('--write <file>', 'write it to a file')
    .option('--check <file>', 'end with 1 when the file is not the document')
    .addHelpText('after', '\nExample:\n  billbridge openapi --check openapi/billbridge.json\n')
    .action(async options => (await import('#cli/openapi')).runOpenapi(options))
}

function addTrialCommands(program: Command): void {
  program
    .command('demo')
    .description('walk from an address to an order against simulated providers, and show each step')
    .option('--url <url>', 'a service to use; one is started when none runs there', urlArgument)
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  billbridge demo\n')
    .action(async options => (await import('#cli/demo/demo')).runDemo(options))

  program
    .command('doctor')
    .description(
      'check configuration, database, encryption key and providers, and say what to do about what is wrong',
    )
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  billbridge doctor\n')
    .action(async options => (await import('#cli/doctor/doctor')).runDoctor(options))
}

function createProgram(): Command {
  const program = new Command('billbridge')
    .description('One API for household bills.')
    .version(version)
    .exitOverride()
    .showHelpAfterError('(add --help for what it takes)')
    .addHelpText('after', EXITS)
  addServiceCommands(program)
  addTrialCommands(program)
  addKeyCommands(program)
  addOperationCommands(program)
  addProviderCommands(program)
  return program
}

/** Runs the command that the arguments name, and sets the exit code of the process. */
export async function runCommand(argv: readonly string[]): Promise<void> {
  try {
    await createProgram().parseAsync(argv)
  } catch (err) {
    if (err instanceof CommanderError) {
      if (err.exitCode !== 0) process.exitCode = 2
      return
    }
    const { explainFailure } = await import('#cli/explain-failure')
    process.stderr.write(explainFailure(err))
    process.exitCode = err instanceof WrongUsage ? 2 : 1
  }
}
