import { setTimeout as pause } from 'node:timers/promises'

/** What the promise comes to, or null when that takes longer than so many milliseconds; it goes on then. */
export async function within<Value>(ms: number, promise: Promise<Value>): Promise<Value | null> {
  const timer = new AbortController()
  try {
    return await Promise.race([promise, pause(ms, null, { signal: timer.signal }).catch(() => null)])
  } finally {
    timer.abort()
  }
}
