import { mergeConfig } from 'vitest/config'
import base from './vitest.config.ts'

/** A mutant that makes a test wait for ever is found sooner; far above what a test of these areas takes. */
export default mergeConfig(base, { test: { testTimeout: 8_000 } })
