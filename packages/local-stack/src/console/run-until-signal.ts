/** One key press can arrive twice: from the terminal, and handed on by the package manager that runs us. */
const samePressMs = 1_000

/**
 * Runs what lasts until Ctrl-C. `run` says by `onStop` how to stop what it has begun so far; the last word counts. A
 * signal stops in order and exits 0, also while `run` is still preparing; a second one does not wait. What `run` throws
 * because it was stopped is nobody's business.
 */
export async function runUntilSignal(
  run: (onStop: (stop: () => Promise<void>) => void) => Promise<void>,
): Promise<void> {
  let stop: () => Promise<void> = async () => {}
  let stoppingSince: number | null = null
  const onSignal = () => {
    if (stoppingSince !== null) {
      if (Date.now() - stoppingSince > samePressMs) process.exit(1)
      return
    }
    stoppingSince = Date.now()
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error((error as Error).message)
        process.exit(1)
      },
    )
  }
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
  process.on('SIGHUP', onSignal)
  try {
    await run((how) => {
      stop = how
    })
  } catch (error) {
    if (stoppingSince === null) throw error
  }
}
