import { areas } from './scripts/mutation-areas.ts'

const all = Object.values(areas)

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  plugins: ['@stryker-mutator/vitest-runner'],
  testRunner: 'vitest',
  vitest: { configFile: 'vitest.mutation.config.ts' },
  mutate: all.flatMap(({ mutate }) => mutate),
  testFiles: all.flatMap(({ testFiles }) => testFiles),
  coverageAnalysis: 'perTest',
  // What runs while a module is loaded would need all tests of its area anew for every mutant.
  ignoreStatic: true,
  // Far above what any test takes: a mutant that hangs counts as found, one that met a busy machine must not.
  timeoutMS: 20_000,
  concurrency: 1,
  thresholds: { high: 90, low: 80, break: 80 },
  reporters: ['progress-append-only', 'clear-text', 'json'],
  clearTextReporter: { reportTests: false },
  // Stryker would rewrite a tsconfig through the API of the compiler, which TypeScript 7 does not have.
  tsconfigFile: 'none.json',
}
