import type { HomeboxClient } from '#providers/homebox/client'
import { findOrder, scanOrders } from '#providers/homebox/find-orders'
import { getOrder, listOrders } from '#providers/homebox/order-rows'
import { orderPartnerPackage } from '#providers/homebox/partner-order'
import { orderTenantPackage } from '#providers/homebox/tenant-order'
import type { Implements } from '#providers/port/index'
import { notSupported } from '#providers/port/sendable'

export const homeboxOrders = {
  'orders.create': async (client, draft) => {
    switch (draft.product) {
      case 'tenant_package':
      case 'custom_package':
        return orderTenantPackage(client, draft)
      case 'partner_package':
        return orderPartnerPackage(client, draft)
      case 'bills_package':
        throw notSupported('homebox', 'orders.create', 'Homebox has no bills package of this kind')
    }
  },
  'orders.get': getOrder,
  'orders.list': listOrders,
  'orders.find': findOrder,
  'orders.scan': scanOrders,
} satisfies Implements<HomeboxClient>
