import { demand, type Stage } from '#cli/demo/stage'
import { listOf } from '#contract/vocabulary'
import { Mapping } from '#contract/mappings'

const Mappings = listOf(Mapping, 'Mappings.')

/** What each of our objects is called at each provider, and back from one of theirs to ours. */
export async function showMappings(
  { api, say, table }: Stage,
  ids: readonly string[],
): Promise<readonly Mapping[]> {
  const pages = await Promise.all(
    ids.map(async id => ({
      id,
      found: (await api.call(`GET /v1/mappings?resource=${id}`, Mappings)).body.data,
    })),
  )
  const all = pages.flatMap(({ found }) => found)
  table(
    [{ title: 'ours' }, { title: 'provider' }, { title: 'their' }, { title: 'their id' }],
    all.map(({ resource, provider, provider_resource, provider_id }) => [
      resource,
      provider,
      provider_resource,
      provider_id,
    ]),
  )
  const unmapped = pages.filter(({ found }) => found.length === 0).map(({ id }) => id)
  demand(unmapped.length === 0, `nothing is mapped to ${unmapped.join(', ')}`)
  const [sample] = all
  demand(sample !== undefined, 'there is no mapping')
  const { provider, provider_resource, provider_id, resource } = sample
  const query = new URLSearchParams({ provider, provider_resource, provider_id })
  const back = (await api.call(`GET /v1/mappings?${query}`, Mappings)).body.data
  demand(
    back.some(mapping => mapping.resource === resource),
    `their ${provider_resource} ${provider_id} does not lead back to ${resource}`,
  )
  say(`And back: ${provider_resource} ${provider_id} at ${provider} is ${resource}.`)
  return all
}
