import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { type ProviderId, providerIds } from '#contract/vocabulary'
import { baselineUrl } from '#providers/drift/baseline'
import type { SeenAnswer } from '#providers/drift/sampling'
import { sealedProviders } from '#providers/registry'
import { baselineOf } from '#test/baseline'
import { casesOf } from '#test/conformance-cases'
import { answersDocumented, startProvider } from '#test/conformance-provider'
import { openProvider } from '#test/conformance-runtime'
import { openSimulator, seed, simulatedCases, startAll } from '#test/conformance-simulators'
import { fixture } from '#test/fixture'
import { answersJson } from '#test/upstream'

/** What the provider's document shows that it answers. */
async function documentedAnswers(provider: ProviderId): Promise<SeenAnswer[]> {
  const seen: SeenAnswer[] = []
  const hooks = { onAnswer: (answer: SeenAnswer) => void seen.push(answer) }
  for (const example of casesOf(provider)) {
    const upstream = await startProvider(provider, answersDocumented(example))
    const { runtime, context } = openProvider(provider, upstream.url, { hooks })
    await runtime.run(context, example.operation, example.input)
  }
  if (sealedProviders[provider].canVerify) {
    const upstream = await startProvider(provider, answersJson(fixture('homebox', 'account.get.ok')))
    const { runtime, context } = openProvider(provider, upstream.url, { hooks })
    await runtime.verify(context)
  }
  return seen
}

/** What its simulator answers. */
async function simulatedAnswers(provider: ProviderId): Promise<SeenAnswer[]> {
  const seen: SeenAnswer[] = []
  const options = { hooks: { onAnswer: (answer: SeenAnswer) => void seen.push(answer) } }
  for (const simulator of (await startAll()).filter(({ name }) => name === provider)) {
    const cases = simulatedCases(simulator, await seed(simulator, options))
    for (const { operation, input } of cases) {
      const { runtime, context } = openSimulator(simulator, options)
      await runtime.run(context, operation, input)
    }
  }
  return seen
}

// What it finds different here, `npm run baseline` writes anew.
test.each(providerIds)('the committed baseline of %s is what it is documented to answer', async provider => {
  const answers = [...(await documentedAnswers(provider)), ...(await simulatedAnswers(provider))]
  const baseline = `${JSON.stringify(baselineOf(answers), null, 2)}\n`
  await expect(baseline).toMatchFileSnapshot(fileURLToPath(baselineUrl(provider)))
})
