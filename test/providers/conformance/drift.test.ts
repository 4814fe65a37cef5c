import { expect, test } from 'vitest'
import { z } from 'zod'
import { ProviderError } from '#providers/provider-error'
import { sealedProviders } from '#providers/registry'
import { accessTo } from '#test/conformance-access'
import type { Case } from '#test/conformance-cases'
import { allCases } from '#test/conformance-cases'
import { shapes } from '#test/conformance-shapes'
import { recordingUpstream } from '#test/recording-upstream'

type Path = readonly string[]

/** What may come to stand in the place of a field: nothing, or something of another kind. */
const ODDITIES: readonly unknown[] = [undefined, null, '', 'odd', -1.5, 1e300, true, [], [{}], { odd: true }]

function pathsIn(value: unknown, at: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]: [string, unknown]) => [
    [...at, name],
    ...pathsIn(inner, [...at, name]),
  ])
}

/** The answer with `oddity` at a path of it. */
function drifted(answer: unknown, [name, ...rest]: Path, oddity: unknown): unknown {
  if (name === undefined) return oddity
  const within = (key: string | number, inner: unknown) =>
    String(key) === name ? drifted(inner, rest, oddity) : inner
  if (Array.isArray(answer)) return answer.map((item, index) => within(index, item))
  if (typeof answer !== 'object' || answer === null) return answer
  return Object.fromEntries(
    Object.entries(answer).map(([key, inner]: [string, unknown]) => [key, within(key, inner)]),
  )
}

/** The values of all fields, with their names. */
function leavesIn(value: unknown, name = ''): { name: string; value: unknown }[] {
  if (typeof value !== 'object' || value === null) return [{ name, value }]
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) => leavesIn(inner, key))
}

/** Ids that nobody has told. */
function inventedIds(value: unknown, told: unknown): string[] {
  const known = new Set(leavesIn(told).map(leaf => String(leaf.value)))
  return leavesIn(value)
    .filter(leaf => /(^|_)id$/.test(leaf.name) && leaf.value !== null)
    .map(leaf => String(leaf.value))
    .filter(id => !known.has(id))
}

/** The id of what was asked about, which some answers leave out. */
const Asked = z.object({ id: z.string() })

/** What is wrong with what a case comes to by these answers; null when it is as promised, or told to be off contract. */
async function complaintAbout({ provider, operation, input }: Case, answers: readonly unknown[]) {
  const { credentials, tokenPath, tokenAnswer } = accessTo[provider]
  const upstream = recordingUpstream(...(tokenPath === null ? [] : [tokenAnswer(1)]), ...answers)
  try {
    const value = await sealedProviders[provider].open(credentials, upstream, 'test').run(operation, input)
    const invented = inventedIds(value, [answers, Asked.safeParse(input).data])
    if (invented.length > 0) return { invented }
    return shapes[operation].safeParse(value).error?.issues ?? null
  } catch (err) {
    return err instanceof ProviderError && err.facts.code === 'provider_error' ? null : err
  }
}

test.each(allCases())(
  '$title reads an answer that has drifted away well or not at all, and invents no id',
  async example => {
    const complaints: unknown[] = []
    for (const [index, answer] of example.answers.entries()) {
      for (const path of pathsIn(answer)) {
        for (const oddity of ODDITIES) {
          const answers = example.answers.with(index, drifted(answer, path, oddity))
          const complaint = await complaintAbout(example, answers)
          if (complaint !== null) complaints.push({ path, oddity, complaint })
        }
      }
    }
    expect(complaints).toEqual([])
  },
)
