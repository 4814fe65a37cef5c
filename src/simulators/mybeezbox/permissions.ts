import type { Endpoint } from '#simulators/core/endpoint'
import { reads } from '#simulators/mybeezbox/records'

/** Section "Fetch your permissions"; what one looks like is not shown. */
export function permissionsEndpoint(): Endpoint {
  return reads({
    operation: 'auth.permissions',
    path: '/permissions/',
    find: () => ({ permissions: ['view_voucher', 'change_voucher', 'view_payment', 'add_payment'] }),
  })
}
