import swagger from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod'
import { problems } from '#contract/problems'
import {
  type Json,
  keepUsedSchemas,
  noteOptionalBodies,
  placeBodyExamples,
  shareResponses,
} from '#http/openapi-document'
import { version } from '#observability/version'

const DESCRIPTION = `One API for household bills: quotes, leads and orders at Homebox, Housr and One Utility Bill; vouchers, gift cards and
payments at MyBeezBox.

Send your key as \`Authorization: Bearer bb_test_…\`. Money is integer minor units, dates are \`YYYY-MM-DD\`, timestamps
RFC 3339 in UTC. Every failure is \`application/problem+json\` with a stable \`code\`.`

const TAGS = [
  { name: 'Quotes', description: 'Comparable prices for a household.' },
  { name: 'Leads', description: 'Hand a household to providers, so that they contact it.' },
  { name: 'Orders', description: 'Order a bills package and follow it.' },
  { name: 'Tenants', description: 'The people of an order: bill payers, their mandates and invitations.' },
  {
    name: 'Bills',
    description: 'What an order costs, what was paid for it, and the bills and readings that come in.',
  },
  { name: 'Properties', description: 'Houses, their tenancies and the periods in which nobody lives there.' },
  { name: 'Reports', description: "A provider's figures beside the gateway's own." },
  { name: 'Branches', description: 'Branches of your account at a provider.' },
  {
    name: 'Operations',
    description: 'What was to be done at a provider, and what to do when nobody knows whether it was.',
  },
  { name: 'Gift cards', description: 'Gift cards of one shop, at MyBeezBox.' },
  { name: 'Network gift cards', description: 'Gift cards that every partner takes, at MyBeezBox.' },
  {
    name: 'Network vouchers',
    description: 'Vouchers that every partner takes, and their boxes, at MyBeezBox.',
  },
  { name: 'Payments', description: 'Payments of customers to partners, at MyBeezBox.' },
  { name: 'Payouts and invoices', description: 'What partners are paid and invoiced, at MyBeezBox.' },
  {
    name: 'Partners',
    description:
      'Companies that vouchers are used at, who they are and what lies in their wallets, at MyBeezBox.',
  },
  { name: 'Vouchers', description: 'Vouchers, and what they are made from, at MyBeezBox.' },
  { name: 'Media', description: 'Pictures for what is sold, at MyBeezBox.' },
  { name: 'Events', description: 'What happened to your resources.' },
  { name: 'Webhooks', description: 'Be told of events as they happen, and see what became of each telling.' },
  {
    name: 'People',
    description: 'What is held about a person, to be shown, handed out and erased.',
  },
  { name: 'Mappings', description: 'Which object of a provider is which of yours.' },
  { name: 'Addresses', description: 'Find an address to price.' },
  { name: 'Connections', description: 'Your own credentials for providers.' },
  { name: 'Providers', description: 'What each provider can do, and every call made to it.' },
  { name: 'Accounts and keys', description: 'Who may use this gateway, and what for.' },
  { name: 'Audit log', description: 'Who did what.' },
  { name: 'Service', description: 'Health, metrics and documentation of this service.' },
]

function describeStatus(status: string): string {
  const codes = Object.entries(problems).filter(([, problem]) => String(problem.status) === status)
  return codes.map(([code, problem]) => `\`${code}\`: ${problem.title}.`).join(' ')
}

/** Collects the OpenAPI 3.1 document from the routes that are registered after it. */
export async function documentRoutes(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Billbridge',
        version,
        description: DESCRIPTION,
        license: { name: 'MIT', identifier: 'MIT' },
      },
      servers: [{ url: '/', description: 'This service' }],
      tags: TAGS,
      security: [{ key: [] }],
      components: {
        securitySchemes: {
          key: { type: 'http', scheme: 'bearer', description: 'A key `bb_test_…` or `bb_live_…`.' },
        },
      },
    },
    transform: jsonSchemaTransform,
    transformObject: source => {
      const generated: { [key: string]: Json } = JSON.parse(JSON.stringify(jsonSchemaTransformObject(source)))
      return noteOptionalBodies(placeBodyExamples(shareResponses(keepUsedSchemas(generated), describeStatus)))
    },
  })
}
