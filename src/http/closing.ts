import type { FastifyInstance } from 'fastify'

/**
 * Once the service closes, every answer ends its connection: one that was busy when the idle ones were closed would
 * otherwise stay open for its whole keep-alive time, and the close would wait for it.
 */
export function endConnectionsOnClose(app: FastifyInstance): void {
  let closing = false
  app.addHook('preClose', async () => {
    closing = true
  })
  app.addHook('onSend', async (_request, reply) => {
    if (closing) reply.header('connection', 'close')
  })
}
