import { z } from 'zod'
import type { MybeezboxClient } from '#providers/mybeezbox/client'
import { detailed } from '#providers/mybeezbox/dialect'
import type { Implements } from '#providers/port/index'

const PermissionsAnswer = detailed({ permissions: z.array(z.unknown()) }, () => ({}))

export const mybeezboxAuth = {
  'auth.permissions': client => client.call('auth.permissions', {}, PermissionsAnswer),
} satisfies Implements<MybeezboxClient>
