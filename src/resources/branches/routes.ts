import type { FastifyInstance } from 'fastify'
import { Branch, BranchChanges, BranchParams, BranchQuery, BranchRequest } from '#contract/branches'
import { Preview } from '#contract/providers'
import { listOf, PreviewQuery, SingleQuery } from '#contract/vocabulary'
import { respond } from '#http/answer'
import { endpoint } from '#http/endpoint'
import { createBranch, previewBranch } from '#resources/branches/create-branch'
import { getBranch, listBranches } from '#resources/branches/read-branches'
import { previewBranchChange, updateBranch } from '#resources/branches/update-branch'
import { FROM_PROVIDER, NOT_KNOWN, WITH_KEY } from '#resources/orders/below-order'
import { operationOf } from '#resources/provider-objects/documented'
import type { Services } from '#services'

const tag = 'Branches'
const Branches = listOf(Branch, "Branches, in the provider's order.")
const logo = { types: ['image/png', 'image/jpeg'], required: false } as const

export function branchRoutes(app: FastifyInstance, services: Services): void {
  endpoint(app, {
    method: 'POST',
    path: '/v1/branches',
    operationId: 'createBranch',
    tag,
    summary: 'Make a branch',
    description:
      'Makes a branch of your account at a provider, which invites it by e-mail. As JSON, or as a multipart form with its logo. Needs a connection of your own.',
    takes: { body: BranchRequest, query: PreviewQuery },
    files: { logo },
    answers: {
      200: { description: 'With `preview=true`: what would be sent.', schema: Preview },
      201: { description: 'The branch.', schema: Branch },
      202: NOT_KNOWN,
    },
    problems: [...FROM_PROVIDER, ...WITH_KEY],
    operation: operationOf('branches.create'),
    handle: async ({ body, query }, call) =>
      query.preview === 'true'
        ? respond(Preview, await previewBranch(services, call, body))
        : createBranch(services, call, body),
  })

  endpoint(app, {
    method: 'GET',
    path: '/v1/branches',
    operationId: 'listBranches',
    tag,
    summary: 'List branches',
    description:
      'The branches of your account at a provider, read there and in its order. Needs a connection of your own.',
    takes: { query: BranchQuery },
    answers: { 200: { description: 'A page of branches.', schema: Branches } },
    problems: FROM_PROVIDER,
    operation: operationOf('branches.list'),
    handle: async ({ query }, call) => respond(Branches, await listBranches(services, call, query)),
  })

  endpoint(app, {
    method: 'GET',
    path: '/v1/branches/{branch_id}',
    operationId: 'getBranch',
    tag,
    summary: 'Get a branch',
    description: 'One branch, read at its provider.',
    takes: { params: BranchParams, query: SingleQuery },
    answers: { 200: { description: 'The branch.', schema: Branch } },
    problems: FROM_PROVIDER,
    operation: operationOf('branches.get'),
    handle: async ({ params, query }, call) => {
      const wishes = { withProviderData: query.include === 'provider_data' }
      return respond(Branch, await getBranch(services, call, params.branch_id, wishes))
    },
  })

  endpoint(app, {
    method: 'PATCH',
    path: '/v1/branches/{branch_id}',
    operationId: 'updateBranch',
    tag,
    summary: 'Change a branch',
    description:
      'Changes name, colour or reference number; the e-mail address and logo are given when it is made.',
    takes: { params: BranchParams, body: BranchChanges, query: PreviewQuery },
    answers: {
      200: { description: 'The branch; with `preview=true` a `Preview`.', schema: Branch.or(Preview) },
      202: NOT_KNOWN,
    },
    problems: FROM_PROVIDER,
    operation: operationOf('branches.update'),
    handle: async ({ params, body, query }, call) =>
      query.preview === 'true'
        ? respond(Preview, await previewBranchChange(services, call, params.branch_id, body))
        : updateBranch(services, call, params.branch_id, body),
  })
}
