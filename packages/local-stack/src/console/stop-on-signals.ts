/** One key press can arrive twice: from the terminal, and handed on by the package manager that runs us. */
const samePressMs = 1_000

/** Ctrl-C stops in order and exits 0; a second one does not wait. */
export function stopOnSignals(stop: () => Promise<void>): void {
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
}
