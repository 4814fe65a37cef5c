import { type Command, Option } from 'commander'
import { idArgument, limitArgument, urlArgument } from '#cli/arguments'
import { providerIds } from '#contract/vocabulary'
import { operationStates } from '#contract/operations'

const WHERE = `
Without --url it works on the database. While a service runs on its own embedded database, and for simulated
providers, ask that service: it takes BILLBRIDGE_API_KEY, or the key of the data directory on this machine.
`

const urlOption = () =>
  new Option('--url <url>', 'ask the service there, such as http://127.0.0.1:3000').argParser(urlArgument)

/** What a person on call does about outcomes that nobody knows. */
export function addOperationCommands(program: Command): void {
  const operations = program
    .command('operations')
    .description('see what was sent to providers, and say what became of what nobody knows')
    .addHelpText('after', '\nExample:\n  billbridge operations list --url http://127.0.0.1:3000\n')

  operations
    .command('list')
    .description('show the operations whose outcome is unknown, or those of another state')
    .addOption(
      new Option('--state <state>', 'those in this state, or all')
        .choices([...operationStates, 'all'])
        .default('unknown'),
    )
    .addOption(new Option('--provider <provider>', 'those at this provider').choices(providerIds))
    .option('--operation <name>', 'those of this name, such as orders.create')
    .option('--resource <id>', 'those for this order, lead or tenant')
    .option('--limit <number>', 'rows, 1 to 100', limitArgument)
    .option('--cursor <cursor>', 'the next page')
    .addOption(urlOption())
    .option('--json', 'print JSON')
    .addHelpText('after', `${WHERE}\nExample:\n  billbridge operations list --state all --provider housr\n`)
    .action(async options => (await import('#cli/operations/list-operations')).runListOperations(options))

  operations
    .command('resolve')
    .description('say what became of an operation whose outcome is unknown, after looking at the provider')
    .argument('<operation_id>', 'its id, as operations list shows it', idArgument('operation'))
    .addOption(new Option('--happened', 'the provider did it').conflicts('didNotHappen'))
    .option('--did-not-happen', 'the provider did not do it')
    .option('--provider-id <id>', "with --happened: the provider's id of what came into being")
    .option('--send-again', 'with --did-not-happen: send it again, under a new reference')
    .option('--note <text>', 'kept in the audit log; no personal data')
    .addOption(urlOption())
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `${WHERE}
Example:
  billbridge operations resolve operation_01kb2z6x9ve8vs2m0g5a7d3c1r --happened --provider-id 915 --note "Housr said so"
`,
    )
    .action(async (id, options) =>
      (await import('#cli/operations/resolve-operation')).runResolveOperation(id, options),
    )
}
