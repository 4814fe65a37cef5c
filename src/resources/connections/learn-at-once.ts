import type { Services } from '#services'

/** Knows here what was just committed. It holds all the same where it cannot be read now: the next reading shows it. */
export async function learnAtOnce({
  connections,
  logger,
}: Pick<Services, 'connections' | 'logger'>): Promise<void> {
  await connections
    .reload()
    .catch((err: unknown) => logger.warn({ err }, 'connections could not be read anew'))
}
