import { z } from 'zod'
import type { Endpoint } from '#simulators/core/endpoint'
import { byEmail } from '#simulators/core/magic'
import { branchIn } from '#simulators/homebox/behalf'
import { PageQuery, read } from '#simulators/homebox/dialect'
import { PER_PAGE } from '#simulators/homebox/orders'
import type { Branch, HomeboxContext } from '#simulators/homebox/state'

const Colour = z.string().regex(/^#[\da-fA-F]{6}$/)
const required = z.string().min(1)

const Logo = z.object({
  filename: z.string(),
  content_type: z.string().regex(/^image\//),
  bytes: z.int().min(1),
})

const BranchForm = z.strictObject({
  name: required,
  email: z.email(),
  theme_color_primary: Colour.optional(),
  reference_number: required.optional(),
  image_path: Logo.optional(),
})

/** What an account or branch can change of itself. */
export const Appearance = z
  .strictObject({ name: required, theme_color_primary: Colour, reference_number: required })
  .partial()

function branchJson({ id, name, theme_color_primary, image_path, reference_number }: Branch) {
  return { id, name, theme_color_primary, image_path, reference_number }
}

function createBranch({ store, branches }: HomeboxContext): Endpoint {
  return {
    operation: 'branches.create',
    method: 'POST',
    path: '/api/partner/child/store',
    effect: 'kept',
    multipart: true,
    renamed: ['id', 'child_id'],
    accept: call => {
      const { name, email, theme_color_primary, reference_number, image_path } = read(BranchForm, call.body)
      return {
        triggers: [byEmail(email)],
        apply: () => {
          const id = store.nextId()
          const logo = image_path ? `https://homebox.example/img/partners/${id}.png` : null
          branches.put(id, {
            ...{ id, name, image_path: logo },
            theme_color_primary: theme_color_primary ?? null,
            reference_number: reference_number ?? null,
          })
          const message = 'Child partner has been successfully created.'
          return { status: 201, body: { data: { id, message } } }
        },
      }
    },
  }
}

function listBranches({ branches }: HomeboxContext): Endpoint {
  return {
    operation: 'branches.list',
    method: 'GET',
    path: '/api/partner/child',
    effect: 'none',
    takesQuery: true,
    renamed: ['id', 'child_id'],
    accept: ({ query }) => {
      const { page } = read(PageQuery, query)
      const rows = () => branches.all().slice((page - 1) * PER_PAGE, page * PER_PAGE)
      return { triggers: [], apply: () => ({ status: 200, body: { data: rows().map(branchJson) } }) }
    },
  }
}

function getBranch(context: HomeboxContext): Endpoint {
  return {
    operation: 'branches.get',
    method: 'GET',
    path: '/api/partner/child/:id',
    effect: 'none',
    renamed: ['id', 'child_id'],
    accept: call => {
      const branch = branchIn(context, call, 'id')
      return { triggers: [], apply: () => ({ status: 200, body: { data: branchJson(branch) } }) }
    },
  }
}

/** Answers a list of one, as in its sample. */
function updateBranch(context: HomeboxContext): Endpoint {
  return {
    operation: 'branches.update',
    method: 'POST',
    path: '/api/partner/child/:id',
    effect: 'kept',
    renamed: ['id', 'child_id'],
    accept: call => {
      const branch = branchIn(context, call, 'id')
      const changes = read(Appearance, call.body)
      return {
        triggers: [],
        apply: () => {
          context.branches.put(branch.id, Object.assign(branch, changes))
          return { status: 200, body: { data: [{ ...branchJson(branch), management_fee: '25' }] } }
        },
      }
    },
  }
}

/** Chapters "Create Branch Accounts" to "List Branch Accounts". */
export function branchEndpoints(context: HomeboxContext): Endpoint[] {
  return [createBranch(context), listBranches(context), getBranch(context), updateBranch(context)]
}
