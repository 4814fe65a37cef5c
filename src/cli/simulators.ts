import closeWithGrace from 'close-with-grace'
import { startSimulators } from '#simulators/index'

/** Runs the simulators on fixed ports until told to stop, and prints the variables that point a gateway at them. */
export async function runSimulators({ port: first }: { port: number }): Promise<void> {
  const ports = { homebox: first, housr: first + 1, one_utility_bill: first + 2, mybeezbox: first + 3 }
  const { stop, ...simulators } = await startSimulators({ ports })
  for (const [provider, { url, credentials }] of Object.entries(simulators)) {
    const name = provider.toUpperCase()
    process.stdout.write(`${name}_BASE_URL=${url}\n`)
    for (const [field, value] of Object.entries(credentials))
      process.stdout.write(`${name}_${field.toUpperCase()}=${value}\n`)
  }
  closeWithGrace({ delay: 2_000, logger: false }, stop)
}
