#!/usr/bin/env node
import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'

// As for the service: compiled once, a command takes half the time to begin.
enableCompileCache(fileURLToPath(new URL('../../node_modules/.cache/billbridge', import.meta.url)))

const { runCommand } = await import('#cli/program')
await runCommand(process.argv)
