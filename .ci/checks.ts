import { createServer } from 'node:net'

/** Says that it holds, or throws. */
export function demand(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Error(`failed: ${what}`)
  process.stdout.write(`ok: ${what}\n`)
}

export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise(resolve => server.close(resolve))
  return typeof address === 'object' && address !== null ? address.port : 0
}
