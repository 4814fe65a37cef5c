import type { Call } from '#http/caller'
import type { CallContext, Connection, Deadline } from '#providers/call-context'
import type { Input, Output, RepeatableName } from '#providers/port/index'
import type { RunResult } from '#providers/run'
import type { Services } from '#services'

type Resource = NonNullable<CallContext['resource']>

/** On whose behalf a call goes out, without its deadline. */
export function contextOf(
  call: Call,
  connection: Connection,
  resource?: Resource,
): Omit<CallContext, 'deadline'> {
  return {
    connection,
    accountId: call.caller.accountId,
    requestId: call.requestId,
    ...(call.traceparent ? { traceparent: call.traceparent } : {}),
    ...(resource ? { resource } : {}),
  }
}

/** Runs one provider operation for a request. Throws ProviderError. */
export function callProvider<K extends RepeatableName>(
  services: Pick<Services, 'providers'>,
  call: Call,
  target: { connection: Connection; deadline: Deadline; resource?: Resource },
  operation: K,
  input: Input<K>,
): Promise<RunResult<Output<K>>> {
  const context = { ...contextOf(call, target.connection, target.resource), deadline: target.deadline }
  return services.providers.run(context, operation, input)
}
