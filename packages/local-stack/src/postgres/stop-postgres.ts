import { existsSync, realpathSync } from 'node:fs'
import path from 'node:path'
import { readPidFile, stopPostmaster } from './postmaster.ts'

/** Stops the PostgreSQL of a data folder, whoever started it, and resolves when it is gone; fine if none runs. */
export async function stopPostgres(dataDir: string): Promise<void> {
  const link = path.join(dataDir, 'cluster')
  if (!existsSync(link)) return
  const cluster = realpathSync(link)
  const running = readPidFile(cluster)
  if (running) await stopPostmaster(running.pid, cluster)
}
