import { z } from 'zod'
import { appearance, fromHomeboxAppearance } from '#providers/homebox/appearance'
import type { HomeboxClient } from '#providers/homebox/client'
import { dataList, dataObject, HomeboxId } from '#providers/homebox/dialect'
import { ListMeta, toPage } from '#providers/homebox/incoming'
import type { ProviderBranch } from '#providers/port/branches'
import type { Implements } from '#providers/port/index'
import { withoutNulls } from '#providers/port/sendable'

const Branch = z.object({ id: HomeboxId, ...appearance })
const BranchAnswer = z.object({ data: dataObject(Branch) })
const BranchesAnswer = z.object({ data: dataList(z.array(Branch)), meta: ListMeta })
const CreatedAnswer = z.object({ data: dataObject(z.object({ id: HomeboxId })) })

const BRANCHES = '/api/partner/child'
const BRANCH = `${BRANCHES}/{id}`

/** Chapters "Create Branch Accounts" to "List Branch Accounts". */
export const homeboxBranches = {
  'branches.create': async (client, { logo, ...draft }) => {
    const files = logo ? { image_path: logo } : {}
    const form = { fields: withoutNulls({ ...draft }), files }
    return (await client.upload({ path: `${BRANCHES}/store` }, form, CreatedAnswer)).data
  },
  'branches.get': async (client, { branch_id: id }) =>
    fromHomeboxBranch((await client.get({ path: BRANCH, params: { id } }, BranchAnswer)).data),
  'branches.list': async (client, { page }) => {
    const query = { page: String(page) }
    const { data, meta } = await client.get({ path: BRANCHES, query }, BranchesAnswer)
    return toPage(data.map(fromHomeboxBranch), meta)
  },
  'branches.update': async (client, { branch_id: id, changes }) =>
    fromHomeboxBranch((await client.post({ path: BRANCH, params: { id } }, changes, BranchAnswer)).data),
} satisfies Implements<HomeboxClient>

function fromHomeboxBranch(branch: z.output<typeof Branch>): ProviderBranch {
  return { id: branch.id, ...fromHomeboxAppearance(branch) }
}
