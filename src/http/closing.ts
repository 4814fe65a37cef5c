import type { FastifyInstance } from 'fastify'

/**
 * Once the process is `leaving` or the service closes, every answer ends its connection. The client turns elsewhere
 * then, and finds no connection closed that it was just about to use; and one that was busy when the idle ones were
 * closed would otherwise stay open for its whole keep-alive time, and the close would wait for it.
 */
export function endConnectionsOnClose(app: FastifyInstance, leaving: () => boolean): void {
  let closing = false
  app.addHook('preClose', async () => {
    closing = true
  })
  app.addHook('onSend', async (_request, reply) => {
    if (closing || leaving()) reply.header('connection', 'close')
  })
}
