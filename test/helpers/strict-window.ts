import type { Behaviour } from '#test/upstream'
import { answersJson } from '#test/upstream'

/** Allows `requests` in any `ms`, as One Utility Bill ("Rate limiting") does over ten seconds. */
export function enforces(requests: number, ms: number): Behaviour {
  let seen: number[] = []
  return (socket, request) => {
    const now = performance.now()
    seen = seen.filter(at => at > now - ms)
    const remaining = requests - seen.length - 1
    const headers = { 'x-ratelimit-limit': '60', 'x-ratelimit-remaining': String(Math.max(0, remaining)) }
    if (remaining < 0) return answersJson({}, 429, { ...headers, 'retry-after': '1' })(socket, request)
    seen.push(now)
    return answersJson({ found: 1 }, 200, headers)(socket, request)
  }
}
