#!/usr/bin/env node
import { enableCompileCache } from 'node:module'
import { join } from 'node:path'

// As for the service, and in JavaScript for the same reason: a command takes half the time to begin.
enableCompileCache({
  directory: join(import.meta.dirname, '../../node_modules/.cache/billbridge'),
  portable: true,
})

const { runCommand } = await import('#cli/program')
await runCommand(process.argv)
