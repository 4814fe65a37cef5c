import { Readable } from 'node:stream'
import { callProvider } from '#connections/call-provider'
import type { ReadTarget } from '#connections/read-at-provider'
import type { ProviderId } from '#contract/vocabulary'
import type { FileAnswer } from '#http/answer'
import type { Call } from '#http/caller'
import { createDeadline } from '#providers/deadline'
import type { Input, OperationName, Output } from '#providers/port/index'
import type { UpstreamStream } from '#providers/port/upstream'
import { ProviderError } from '#providers/provider-error'
import type { Services } from '#services'

/** Milliseconds from the request to the last byte: files may be large, and are made while one waits. */
const LONGEST_FILE_MS = 120_000

type Streamed = Pick<UpstreamStream, 'headers' | 'body'>
/** The operations that answer a file. */
export type FileOperation = {
  [K in OperationName]: Output<K> extends Streamed ? K : never
}[OperationName]

/** Pages and JSON in place of a file are what goes wrong. */
const NO_FILE = /^(text\/html|application\/json)/i

function demandFile(call: { provider: ProviderId; operation: FileOperation }, type: string): void {
  if (!NO_FILE.test(type)) return
  throw new ProviderError({
    ...call,
    code: 'provider_error',
    outcome: 'unknown',
    message: `${call.provider} answered no file`,
    final: true,
  })
}

/**
 * A file of a provider, passed on while it comes in and no faster than it is taken. Throws ProviderError, also for a page
 * in place of a file; one that breaks off breaks off for its reader too.
 */
export async function streamFromProvider<K extends FileOperation>(
  services: Services,
  call: Call,
  { connection, filename }: ReadTarget & { readonly filename: string },
  operation: K,
  input: Input<K>,
): Promise<FileAnswer> {
  const reader = new AbortController()
  const deadline = createDeadline(LONGEST_FILE_MS, reader.signal)
  // Also gives the place back where not a byte of it was read.
  const leave = () => {
    reader.abort()
    deadline.dispose()
  }
  try {
    const run = await callProvider(services, call, { connection, deadline }, operation, input)
    call.spentUpstream(run.upstreamMs)
    const { headers, body }: Streamed = run.value
    const { 'content-type': type = 'application/octet-stream', 'content-length': length } = headers
    demandFile({ provider: connection.provider, operation }, type)
    const file = Readable.from(body, { objectMode: false }).once('close', leave)
    const size = length === undefined ? {} : { 'content-length': length }
    const disposition = `attachment; filename="${filename}"`
    return {
      status: 200,
      headers: { 'content-type': type, 'content-disposition': disposition, ...size },
      file,
    }
  } catch (err) {
    leave()
    throw err
  }
}
