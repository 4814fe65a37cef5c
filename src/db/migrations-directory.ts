import { fileURLToPath } from 'node:url'

/** The migrations that this program was written with. */
export const migrationsDirectory = fileURLToPath(new URL('../../prisma/migrations', import.meta.url))
