/** A command cannot do what it was told. Its message is all that its user reads, and ends with what to do about it. */
export class CommandFailure extends Error {
  override readonly name: string = 'CommandFailure'
}

/** The words of the command make no sense together: exit code 2. */
export class WrongUsage extends CommandFailure {
  override readonly name = 'WrongUsage'
}
