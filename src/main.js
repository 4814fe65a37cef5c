import { enableCompileCache } from 'node:module'
import { join } from 'node:path'

// JavaScript, as the command line's entry: TypeScript would be stripped before the cache is on, and Node keeps the 30 MB of its
// stripper.
// Compiled once, a start takes half the time. Kept in the checkout, where nobody else can write.
enableCompileCache({
  directory: join(import.meta.dirname, '../node_modules/.cache/billbridge'),
  portable: true,
})

const { runStart } = await import('#cli/start')
await runStart()
