import { readFileSync } from 'node:fs'
import type { Config } from '#config'
import { apiKeyFile } from '#db/secret-files'

/** Whether an address is one of this machine. */
export function isLoopback(url: string): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(new URL(url).hostname)
}

function keptKey(directory: string): string | null {
  try {
    return readFileSync(apiKeyFile(directory), 'utf8').trim()
  } catch {
    return null
  }
}

/**
 * The key for a service at `url`: BILLBRIDGE_API_KEY, or the one that a test installation here keeps in its file, which
 * goes to this machine only. Null when there is none.
 */
export function keyFor(url: string, config: Pick<Config, 'apiKey' | 'dataDirectory'>): string | null {
  return config.apiKey ?? (isLoopback(url) ? keptKey(config.dataDirectory) : null)
}

/** Where a service with this configuration is reached on its own machine. */
export function urlOf({ host, port }: Pick<Config, 'host' | 'port'>): string {
  const everywhere = ['0.0.0.0', '::'].includes(host)
  const name = everywhere ? '127.0.0.1' : host
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`
}
