import { checkConfiguration } from '#cli/doctor/check-configuration'
import { checkDataDirectory } from '#cli/doctor/check-data-directory'
import { checkDatabase } from '#cli/doctor/check-database'
import { checkProviders } from '#cli/doctor/check-providers'
import { type Finding, note, ok, printFindings } from '#cli/doctor/finding'
import { paint, print, printJson } from '#cli/terminal'

async function examine(): Promise<readonly Finding[]> {
  const { config, given, findings } = checkConfiguration()
  const clock = ok('clock', `${new Date().toISOString()}; there is nothing to compare it with`)
  if (config === null)
    return [...findings, note('everything else', 'not looked at before the configuration can be read')]
  const [database, providers] = await Promise.all([
    checkDatabase(config),
    given === null ? [] : checkProviders(config, given),
  ])
  return [...findings, checkDataDirectory(config), ...database, ...providers, clock]
}

/** Looks at all that a start needs, without starting, and ends with 1 when something is wrong. */
export async function runDoctor({ json }: { json?: true }): Promise<void> {
  const findings = await examine()
  const wrong = findings.filter(({ verdict }) => verdict === 'failed').length
  if (wrong > 0) process.exitCode = 1
  if (json) return printJson({ object: 'doctor', ok: wrong === 0, findings })
  printFindings(findings)
  const summary = wrong === 0 ? 'Nothing is wrong.' : `${wrong} thing(s) to mend.`
  print(`\n${paint(wrong === 0 ? 'green' : 'red', summary)}`)
}
