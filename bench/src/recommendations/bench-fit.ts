import type { Aim } from './aims.ts'
import { type FitMeasurement, measureFit } from './measure-fit.ts'

/** More customers: so many times as there are. */
const factor = 10
/** What it is meant to take, on the orders of Online Retail and two cores. */
const aimedSeconds = 20
const aimedMegabytes = 700
const aimedRatio = 12

/** Prints what a fit takes, and what it takes for more customers; one after the other, for they would slow each other. */
export async function benchFit(orders: string): Promise<Aim[]> {
  const once = await measureFit(orders, 1)
  const repeated = await measureFit(orders, factor)
  console.log('| fit to | customers | orders | lines | s | CPU s | peak MB | of it before the fit |')
  console.log('|---|---|---|---|---|---|---|---|')
  printRow('all orders', once)
  printRow(`${factor} times the customers`, repeated)
  const ratio = repeated.seconds / once.seconds
  console.log(`\n${factor} times the customers take ${ratio.toFixed(2)} times as long.\n`)
  return [
    { aim: 'fit to all orders', measured: once.seconds, below: aimedSeconds, unit: 's' },
    { aim: 'its peak of memory', measured: once.peak / 1e6, below: aimedMegabytes, unit: 'MB' },
    { aim: `fit to ${factor} times the customers, by that`, measured: ratio, below: aimedRatio, unit: '' },
  ]
}

function printRow(name: string, { customers, orders, lines, seconds, cpuSeconds, peak, peakBefore }: FitMeasurement) {
  const counts = [customers, orders, lines].map((count) => count.toLocaleString('en'))
  const figures = [seconds.toFixed(1), cpuSeconds.toFixed(1), (peak / 1e6).toFixed(0), (peakBefore / 1e6).toFixed(0)]
  console.log(`| ${[name, ...counts, ...figures].join(' | ')} |`)
}
