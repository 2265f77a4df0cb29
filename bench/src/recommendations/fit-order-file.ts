// A program of its own, so that the peak of its memory is that of one fit: FILE and how often each customer counts.
import { runCommand } from '@cartograph/command-line'
import { fitModel } from '@cartograph/recommender'
import { readOrderFile } from '@cartograph/recommender/order-file'
import type { FitMeasurement } from './measure-fit.ts'
import { repeatCustomers } from './repeat-customers.ts'

/** A second: what was bought last was bought before the fit. */
const momentOfDay = 1 / 86_400

await runCommand(async () => {
  const [file = '', times = '1'] = process.argv.slice(3)
  const read = await readOrderFile(file, { onSize() {}, onBytes() {} })
  const log = repeatCustomers(read.log, Number(times))
  const now = log.placedAt.reduce((latest, at) => Math.max(latest, at)) + momentOfDay
  const peakBefore = peakBytes()
  const cpuBefore = process.cpuUsage()
  const startedAt = performance.now()
  fitModel(log, now)
  const seconds = (performance.now() - startedAt) / 1000
  const { user, system } = process.cpuUsage(cpuBefore)
  const measurement: FitMeasurement = {
    customers: log.customerCount,
    orders: log.placedAt.length,
    lines: read.lineCount * Number(times),
    seconds,
    cpuSeconds: (user + system) / 1e6,
    peakBefore,
    peak: peakBytes(),
  }
  process.stdout.write(JSON.stringify(measurement))
})

/** Kilobytes, says getrusage on Linux and libuv elsewhere. */
function peakBytes(): number {
  return process.resourceUsage().maxRSS * 1024
}
