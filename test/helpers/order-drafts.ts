import type {
  BillsPackageDraft,
  OrderAddress,
  PartnerPackageDraft,
  TenantPackageDraft,
} from '#providers/port/orders'
import { mediaExchange } from '#test/port-household'

export const orderAddress: OrderAddress = { ...mediaExchange, label: null }

const house = {
  address: orderAddress,
  occupants: 5,
  household_type: 'student',
  tenancy: { start_date: '2026-09-01', end_date: '2027-08-31', move_in_date: null },
} as const

export function tenantPackage(different: Partial<TenantPackageDraft> = {}): TenantPackageDraft {
  return {
    ...house,
    product: 'tenant_package',
    reference: 'order_01kb2z6x9ve8vs2m0g5a7d3c1r',
    package_id: '2',
    add_ons: ['35'],
    bill_payers: 2,
    coupon: null,
    property_reference: null,
    branch_id: null,
    ...different,
  }
}

export function partnerPackage(different: Partial<PartnerPackageDraft> = {}): PartnerPackageDraft {
  return {
    ...house,
    product: 'partner_package',
    bills: [
      { id: '1', account_number: 'A-77' },
      { id: '8', account_number: null },
    ],
    payer: {
      bank_account: { account_name: 'John Johnson', account_number: '12345678', sort_code: '123456' },
      billing_address: {
        line_1: 'Flat 1',
        line_2: 'New Road',
        city: 'London',
        county: 'Greater London',
        postcode: 'NR3 2AG',
      },
      payment_method: null,
    },
    tenants: [
      { first_name: 'John', last_name: 'Johnson', email: 'john@example.com', phone: '+447700900123' },
    ],
    property_reference: null,
    branch_id: null,
    ...different,
  }
}

export function billsPackage(different: Partial<BillsPackageDraft> = {}): BillsPackageDraft {
  return {
    ...house,
    product: 'bills_package',
    services: ['energy', 'water', 'broadband'],
    broadband: '400mbps',
    tenants: [
      {
        first_name: 'Jane',
        last_name: 'Doe',
        email: 'jane.doe@example.com',
        phone: '+441234567890',
        date_of_birth: '1995-04-21',
      },
    ],
    ...different,
  }
}
