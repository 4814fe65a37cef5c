import { z } from 'zod'
import { serviceTypes } from '#contract/quotes'
import type { HousrClient } from '#providers/housr/client'
import { takenServices, toHousrAddress, toSelectedServices } from '#providers/housr/dialect'
import type { Implements } from '#providers/port/index'
import type { OrderAddress } from '#providers/port/orders'
import { MISSING, needed, notSupported, sendable } from '#providers/port/sendable'

const id = z.union([z.int(), z.string().min(1)]).transform(String)
// `data.message` tells how the tenant's first password is made: it is not read.
const CreatedAnswer = z.object({
  status: z.literal('success'),
  data: z.object({ houseContractId: id, tenantId: id }),
})

export const housrOrders = {
  'orders.create': async (client, draft) => {
    if (draft.product !== 'bills_package') {
      throw notSupported('housr', 'orders.create', 'Housr makes bills packages only')
    }
    const body = sendable('housr', 'orders.create', PackageBody, draft)
    const { data } = await client.post('/api/external/createBillsPackage.php', body, CreatedAnswer)
    return {
      order_id: data.houseContractId,
      property_id: null,
      tenancy_id: null,
      tenant_id: data.tenantId,
    }
  },
} satisfies Implements<HousrClient>

const Service = z.enum(serviceTypes).refine(type => takenServices.includes(type), {
  error: 'is not part of a Housr package',
  params: { code: 'not_supported' },
})

const AccountHolder = z.object({
  first_name: z.string(),
  last_name: z.string(),
  email: z.string(),
  phone: z.string(),
  date_of_birth: needed(z.string()),
})

const PackageBody = z
  .object({
    address: z.custom<OrderAddress>(),
    occupants: z.int(),
    tenancy: z.object({ start_date: z.string(), end_date: z.string() }),
    services: z.array(Service),
    broadband: z.string().nullable(),
    tenants: z.tuple([AccountHolder]),
  })
  .refine(({ services, broadband }) => broadband !== null || !services.includes('broadband'), {
    ...MISSING,
    path: ['broadband'],
  })
  .transform(({ address, occupants, tenancy, services, broadband, tenants: [holder] }) => ({
    firstName: holder.first_name,
    lastName: holder.last_name,
    birthday: holder.date_of_birth,
    email: holder.email,
    contactNo: holder.phone,
    address: toHousrAddress(address),
    broadband: services.includes('broadband') ? broadband : 'none',
    numberOfTenants: occupants,
    startDate: tenancy.start_date,
    endDate: tenancy.end_date,
    selectedServices: toSelectedServices(services),
  }))
