import type { HomeboxClient } from '#providers/homebox/client'
import { quotePartnerPackage } from '#providers/homebox/partner-quote'
import { quoteTenantPackages } from '#providers/homebox/tenant-quote'
import type { Implements } from '#providers/port/index'

export const homeboxQuotes = {
  'quotes.create': (client, household) =>
    household.responsibility === 'partner'
      ? quotePartnerPackage(client, household)
      : quoteTenantPackages(client, household),
} satisfies Implements<HomeboxClient>
