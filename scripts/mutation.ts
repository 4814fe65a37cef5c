import { Stryker } from '@stryker-mutator/core'
import { areas, type MutationArea } from './mutation-areas.ts'

const USAGE = `npm run mutation             measures every area: ${Object.keys(areas).join(', ')}
npm run mutation -- <area>…  measures these`

const asked = process.argv.slice(2)
if (asked.some(name => areas[name] === undefined)) {
  process.stderr.write(`${USAGE}\n`)
  process.exitCode = 1
} else {
  const rows: string[] = []
  for (const [name, area] of Object.entries(areas))
    if (asked.length === 0 || asked.includes(name)) rows.push(await measure(name, area))
  process.stdout.write(`\narea: mutants, killed, timeout, survived, no coverage, score\n${rows.join('\n')}\n`)
}

/** Runs Stryker over one area, which makes this process fail when too many mutants live, and sums up what it found. */
async function measure(name: string, { mutate, testFiles }: MutationArea): Promise<string> {
  const jsonReporter = { fileName: `reports/mutation/${name}.json` }
  const found = await new Stryker({
    mutate: [...mutate],
    testFiles: [...testFiles],
    jsonReporter,
  }).runMutationTest()
  const count = (status: string) => found.filter(mutant => mutant.status === status).length
  const killed = count('Killed')
  const timeout = count('Timeout')
  const survived = count('Survived')
  const noCoverage = count('NoCoverage')
  const mutants = killed + timeout + survived + noCoverage
  const score = ((100 * (killed + timeout)) / mutants).toFixed(1)
  return `${name}: ${[mutants, killed, timeout, survived, noCoverage, score].join(', ')}`
}
