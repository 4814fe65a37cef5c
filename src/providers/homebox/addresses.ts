import { z } from 'zod'
import { tolerantList } from '#providers/answer-schemas'
import type { HomeboxClient } from '#providers/homebox/client'
import { dataList, toHomeboxPostcode } from '#providers/homebox/dialect'
import type { Implements } from '#providers/port/index'
import { parsePostcode } from '#values/postcode'

const Found = z.object({ address: z.string().min(1), address_id: z.string().min(1) })
const FindAnswer = z.object({ data: dataList(tolerantList(Found)) })

export const homeboxAddresses = {
  'addresses.search': async (client, { query }) => {
    const target = { path: '/api/partner/address/find/{query}', params: { query: toHomeboxQuery(query) } }
    const { data } = await client.get(target, FindAnswer)
    return data.filter(found => found !== null).map(fromHomeboxFound)
  },
} satisfies Implements<HomeboxClient>

/** The sample of "Find an Address" writes a postcode without its space; free text goes as it is. */
function toHomeboxQuery(query: string): string {
  const postcode = parsePostcode(query)?.postcode
  return postcode ? toHomeboxPostcode(postcode) : query.trim()
}

function fromHomeboxFound(found: z.output<typeof Found>) {
  return { address_id: found.address_id, label: found.address }
}
