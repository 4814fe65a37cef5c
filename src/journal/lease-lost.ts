/** Thrown when somebody else took an operation over while it was under way here; nothing was written. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost'
}
