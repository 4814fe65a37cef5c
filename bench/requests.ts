/** One household in every dialect that the bench speaks, so that all sides send and are sent the same. */

const address = {
  line_1: '5 Media Exchange',
  line_2: 'Coquet Street',
  city: 'Newcastle upon Tyne',
  county: 'Tyne and Wear',
  postcode: 'NE1 2QB',
}
const contact = { first_name: 'Jane', last_name: 'Smith' }

export const leadBody = JSON.stringify({
  providers: ['homebox'],
  address,
  tenancy: { start_date: '2027-09-01', end_date: '2028-08-31' },
  tenants: [{ ...contact, email: 'jane@example.com', phone: '07700900121' }],
})

export const leadAtHomebox = JSON.stringify({
  tenancy_start: '01/09/27',
  tenancy_end: '31/08/28',
  notifications: true,
  existing_tenancy: false,
  address: {
    line1: address.line_1,
    line2: address.line_2,
    city: address.city,
    county: address.county,
    postcode: 'NE12QB',
  },
  tenants: [{ ...contact, phone_number: '+447700900121', email_address: 'jane@example.com' }],
})

const household = {
  address: { postcode: address.postcode },
  occupants: 4,
  household_type: 'student',
  tenancy: { start_date: '2027-09-01' },
}

/** At one provider, since the other allows 25 requests in ten seconds and the gateway keeps to that. */
export const quoteBody = JSON.stringify({ ...household, providers: ['homebox'] })
export const fanOutBody = JSON.stringify({ ...household, providers: ['homebox', 'one_utility_bill'] })

export const packagesPath = '/api/partner/packages?postcode=NE12QB&is_student=true'
export const oneUtilityBillHousehold = {
  postcode: address.postcode,
  bed_size: 4,
  tenancy_start_date: '2027-09-01',
}

/** At the provider that counts its calls, and at no other. */
export const countedQuoteBody = JSON.stringify({ ...household, providers: ['one_utility_bill'] })
