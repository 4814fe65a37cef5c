import { type Command, InvalidArgumentError } from 'commander'
import { parseExpiry } from '#cli/keys/expiry'
import { idArgument } from '#cli/arguments'

const MAX_NAME = 191

function parseName(text: string): string {
  const name = text.trim()
  if (name.length >= 1 && name.length <= MAX_NAME && !/\p{Cc}/u.test(name)) return name
  throw new InvalidArgumentError(`must be 1 to ${MAX_NAME} characters.`)
}

const ACCOUNT = [
  '-a, --account <account_id>',
  'whose, as POST /v1/accounts answered; the own account of this installation when left out',
  idArgument('account'),
] as const

/** Keys of an account in the mode of the installation. They work on its database, be the service running or not. */
export function addKeyCommands(program: Command): void {
  const keys = program
    .command('keys')
    .description('create, list and revoke API keys of this installation')
    .addHelpText('after', '\nExample:\n  billbridge keys list\n')

  keys
    .command('create')
    .description('make a key in the mode of this installation, and show its secret this once')
    .argument('<name>', 'what it is for', parseName)
    .requiredOption(
      '-s, --scope <scope...>',
      'what it may do, such as quotes:read or admin; several are allowed',
    )
    .option('--expires <when>', 'a date (its end, UTC) or an instant; never when left out', parseExpiry)
    .option(...ACCOUNT)
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nExample:\n  billbridge keys create "Letting portal" --scope quotes:read quotes:write --expires 2027-08-31\n',
    )
    .action(async (name, options) => (await import('#cli/keys/create-key')).runCreateKey(name, options))

  keys
    .command('list')
    .description('show every key: what it may do, until when, when it was last used')
    .option(...ACCOUNT)
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  billbridge keys list --json\n')
    .action(async options => (await import('#cli/keys/list-keys')).runListKeys(options))

  keys
    .command('revoke')
    .description('end a key for good; doing so again changes nothing')
    .argument('<key_id>', 'its id, as keys list shows it', idArgument('key'))
    .option(...ACCOUNT)
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  billbridge keys revoke key_01kb2z6x9ve8vs2m0g5a7d3c1r\n')
    .action(async (id, options) => (await import('#cli/keys/revoke-key')).runRevokeKey(id, options))
}
