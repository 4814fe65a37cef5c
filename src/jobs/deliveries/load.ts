/** What a process is sending at a time, in all and to one receiver, so that a slow one does not keep the others waiting. */
export interface Load {
  /** How many more may be taken up. */
  room(): number
  readonly perWebhook: ReadonlyMap<string, number>
  /** Counts `work`, which never rejects, until it is done; then calls `onRoom` if there was no room before. */
  run(webhook: string, work: Promise<void>, onRoom: () => void): void
  /** Resolves once nothing is under way. */
  rest(): Promise<void>
}

export function createLoad(limits: { readonly inAll: number; readonly perWebhook: number }): Load {
  const tasks = new Set<Promise<void>>()
  const perWebhook = new Map<string, number>()
  const countOf = (webhook: string) => perWebhook.get(webhook) ?? 0

  function end(webhook: string): boolean {
    const count = countOf(webhook)
    const wasFull = tasks.size >= limits.inAll || count >= limits.perWebhook
    if (count > 1) perWebhook.set(webhook, count - 1)
    else perWebhook.delete(webhook)
    return wasFull
  }

  return {
    room: () => limits.inAll - tasks.size,
    perWebhook,
    run(webhook, work, onRoom) {
      perWebhook.set(webhook, countOf(webhook) + 1)
      const task = work.then(() => {
        const wasFull = end(webhook)
        tasks.delete(task)
        if (wasFull) onRoom()
      })
      tasks.add(task)
    },
    rest: async () => void (await Promise.all(tasks)),
  }
}
