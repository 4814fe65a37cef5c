import type { ProviderId } from '#contract/vocabulary'

/** Where each upstream endpoint is described in its provider's document, in the order of the document. */
export const chapters: Readonly<Record<ProviderId, Readonly<Record<string, string>>>> = {
  homebox: {
    'GET /api/partner/address/find/{query}': 'Find an Address',
    'GET /api/partner/order': 'List Bills Packages',
    'GET /api/partner/order/{order_id}': 'List Bills Packages',
    'GET /api/partner/packages': 'Get Tenant Package Quote',
    'POST /api/partner/order': 'Create Tenant Bills Package',
    'POST /api/partner/order/{order_id}/invite': 'Invite Bill Payer',
    'GET /api/partner/order/{order_id}/invite': 'List Invites',
    'DELETE /api/partner/order/{order_id}/invite/{invite_id}': 'Delete Invite',
    'POST /api/partner/order/{order_id}/tenant': 'Add Bill Payer',
    'GET /api/partner/order/{order_id}/tenant': 'List Bill Payers',
    'PATCH /api/partner/order/{order_id}/tenant/{tenant_id}': 'Update Bill Payer',
    'DELETE /api/partner/order/{order_id}/tenant/{tenant_id}': 'Delete Bill Payer',
    'GET /api/partner/order/{order_id}/tenant/{tenant_id}/mandate': 'Get Tenant Mandate',
    'PATCH /api/partner/order/{order_id}/tenant/{tenant_id}/mandate': 'Update Tenant Mandate',
    'GET /api/partner/quote': 'Get Partner Package Quote',
    'POST /api/partner/partner-order': 'Create Partner Package',
    'POST /api/partner/lead': 'Create Lead',
    'GET /api/partner/lead': 'List Leads',
    'GET /api/partner/lead/{lead_id}': 'List Leads',
    'GET /api/partner/account': 'Get Account Details',
    'POST /api/partner/child/{child_id}/order': 'Create Tenant Package for Branch Account',
    'POST /api/partner/child/{child_id}/order/{order_id}/invite':
      'Invite Bill Payers to Branch Tenant Package',
    'GET /api/partner/child/{child_id}/orders': 'List Branch Bills Packages',
    'GET /api/partner/child/{child_id}/order/{order_id}': 'List Branch Bills Packages',
    'POST /api/partner/child/{child_id}/lead': 'Create Lead for a Branch Account',
    'GET /api/partner/child/{child_id}/lead': 'List Leads for a Branch Account',
    'GET /api/partner/child/{child_id}/lead/{lead_id}': 'List Leads for a Branch Account',
  },
  housr: {
    'POST /api/external/createBillsPackage.php': 'Create Bills Package',
  },
  one_utility_bill: {
    'POST /oauth/token': 'Authentication',
    'POST /api/v1/leads': 'leads.store',
    'GET /api/v1/leads/{lead_id}': 'leads.show',
    'POST /api/v1/quotes': 'quotes.store',
  },
  mybeezbox: {},
}
