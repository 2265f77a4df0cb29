import { setTimeout as pause } from 'node:timers/promises'

/**
 * Runs an assertion until it does not throw, and resolves with what it returned. After the timeout it rethrows the last
 * error; an assertion that never settles is given up then too.
 */
export async function eventually<T>(assertion: () => T | Promise<T>, { timeoutMs = 5000 } = {}): Promise<T> {
  const deadline = Date.now() + timeoutMs
  let last: unknown = new Error(`The assertion did not settle within ${timeoutMs} ms`)
  for (let waitMs = 5; ; waitMs = Math.min(waitMs * 2, 100)) {
    const stopWaiting = new AbortController()
    try {
      const timeout = pause(Math.max(0, deadline - Date.now()), undefined, { signal: stopWaiting.signal })
      return await Promise.race([Promise.resolve().then(assertion), timeout.then(() => Promise.reject(last))])
    } catch (error) {
      last = error
    } finally {
      stopWaiting.abort()
    }
    if (Date.now() + waitMs > deadline) throw last
    await pause(waitMs)
  }
}
