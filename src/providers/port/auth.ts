import type { z } from 'zod'
import type { Permissions } from '#contract/permissions'
import type { Told } from '#providers/port/provider-objects'

export interface AuthOperations {
  /** What these credentials may do. */
  'auth.permissions': (all: Record<string, never>) => Promise<Told<z.output<typeof Permissions>>>
}
