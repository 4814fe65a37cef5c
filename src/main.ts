import { runStart } from '#cli/start'

await runStart()
