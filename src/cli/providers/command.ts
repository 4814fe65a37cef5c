import { Argument, type Command } from 'commander'

const EXAMPLE = 'billbridge providers import mybeezbox openapi.json --write operations.json'

/** What a deployment knows of a provider better than we do. */
export function addProviderCommands(program: Command): void {
  const providers = program
    .command('providers')
    .description('tell how a provider is spoken to')
    .addHelpText('after', `\nExample:\n  ${EXAMPLE}\n`)

  providers
    .command('import')
    .description(
      "find the paths of a provider's operations in the OpenAPI file that its site offers, and print them as MYBEEZBOX_OPERATIONS_FILE takes them",
    )
    .addArgument(new Argument('<provider>', 'whose file it is').choices(['mybeezbox']))
    .argument('<openapi.json>', 'the OpenAPI file, as JSON')
    .option('--write <file>', 'write them to a file; what it has and the OpenAPI file lacks stays')
    .addHelpText('after', `\nExample:\n  ${EXAMPLE}\n`)
    .action(async (_provider, file, options) =>
      (await import('#cli/providers/import-mybeezbox')).runImportMybeezbox(file, options),
    )
}
