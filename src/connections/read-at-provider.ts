import { callProvider } from '#connections/call-provider'
import type { Call } from '#http/caller'
import type { CallContext, Connection } from '#providers/call-context'
import { createDeadline } from '#providers/deadline'
import type { Input, Output, RepeatableName } from '#providers/port/index'
import type { RunResult } from '#providers/run'
import type { Services } from '#services'

/** Where something is read, and the resource of ours that it is read for. */
export interface ReadTarget {
  readonly connection: Connection
  readonly resource?: NonNullable<CallContext['resource']>
}

/** Runs one operation that reads, under a deadline of its own. Throws ProviderError. */
export async function readAtProvider<K extends RepeatableName>(
  services: Services,
  call: Call,
  target: ReadTarget,
  operation: K,
  input: Input<K>,
): Promise<RunResult<Output<K>>> {
  const deadline = createDeadline(services.config.providerTimeoutMs)
  const started = performance.now()
  try {
    return await callProvider(services, call, { ...target, deadline }, operation, input)
  } finally {
    call.spentUpstream(performance.now() - started)
    deadline.dispose()
  }
}
