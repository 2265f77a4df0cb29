import { flushCompileCache } from 'node:module'
import type { EnvironmentVariables } from './environment.ts'
import type { RunningService } from './http/http-server.ts'

/**
 * Runs one service as this process: starts it, tells a parent process over IPC where it listens, stops it in order on
 * SIGTERM, SIGINT or when the parent is gone, and exits 1 with one sentence when it cannot start.
 */
export async function runService(start: (variables: EnvironmentVariables) => Promise<RunningService>): Promise<void> {
  let service: RunningService
  try {
    service = await start(process.env)
  } catch (error) {
    console.error((error as Error).message)
    process.exit(1)
  }
  process.send?.({ url: service.url })
  // Node writes its cache of compiled code, where it has one, when a process ends; one that is killed never would.
  flushCompileCache()
  let stopping = false
  const stop = async () => {
    if (stopping) return
    stopping = true
    await service.stop()
    process.exit(0)
  }
  const onEnd = () => {
    stop().catch((error: unknown) => {
      console.error((error as Error).message)
      process.exit(1)
    })
  }
  process.on('SIGTERM', onEnd)
  process.on('SIGINT', onEnd)
  process.on('disconnect', onEnd)
}
