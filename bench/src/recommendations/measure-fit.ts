import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { root } from '@cartograph/local-stack'

export interface FitMeasurement {
  readonly customers: number
  readonly orders: number
  readonly lines: number
  /** Of the fit alone, by the clock. */
  readonly seconds: number
  /** Of the fit alone, of all threads of the process. */
  readonly cpuSeconds: number
  /** Bytes that the process had resident at most before the fit, when it had read the file. */
  readonly peakBefore: number
  /** The same until the end of the fit. */
  readonly peak: number
}

/**
 * Fits a model to all orders of a file, with each customer `times` times over, in a process of its own and as the service
 * would at its last order. Throws what the process said when it failed.
 */
export async function measureFit(file: string, times: number): Promise<FitMeasurement> {
  const program = path.join(import.meta.dirname, 'fit-order-file.ts')
  const args = [path.join(root, 'bin', 'service.mjs'), program, file, String(times)]
  const { stdout } = await promisify(execFile)(process.execPath, args).catch(({ stderr }: { stderr: string }) => {
    throw new Error(`The fit failed: ${stderr.trim() || 'its process was killed'}`)
  })
  return JSON.parse(stdout) as FitMeasurement
}
