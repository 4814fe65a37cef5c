/** What a process is sending just now. */
export interface Load {
  total(): number
  readonly perWebhook: ReadonlyMap<string, number>
  /** Counts `work`, which never rejects, until it is done, and calls `then`. */
  run(webhook: string, work: Promise<void>, then: () => void): void
  /** Resolves once nothing is under way. */
  rest(): Promise<void>
}

export function createLoad(): Load {
  const tasks = new Set<Promise<void>>()
  const perWebhook = new Map<string, number>()

  function count(webhook: string, by: 1 | -1): void {
    const now = (perWebhook.get(webhook) ?? 0) + by
    if (now > 0) perWebhook.set(webhook, now)
    else perWebhook.delete(webhook)
  }

  return {
    total: () => tasks.size,
    perWebhook,
    run(webhook, work, then) {
      count(webhook, 1)
      const task = work.then(() => {
        count(webhook, -1)
        tasks.delete(task)
        then()
      })
      tasks.add(task)
    },
    rest: async () => void (await Promise.all(tasks)),
  }
}
