import { migrate } from '#db/migrate'

/** One of several processes that start at once: `migrate-child.ts <url> <folder>` prints what it applied. */
const [url = '', folder = ''] = process.argv.slice(2)
for (const name of await migrate(url, folder)) process.stdout.write(`${name}\n`)
