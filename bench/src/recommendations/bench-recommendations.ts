import { parseArgs } from 'node:util'
import { inputFile } from '@cartograph/command-line'
import { machineLine } from '../measure/machine.ts'
import { referenceWorkMs } from '../measure/reference-work.ts'
import { benchShopOptions } from '../shop/start-bench-shop.ts'
import { aimTable } from './aims.ts'
import { benchFit } from './bench-fit.ts'
import { benchRequests } from './bench-requests.ts'

const usage =
  'pnpm bench recommendations [--orders FILE] [--catalogue FILE] [--fit-only | --requests-only] [--seconds 10] [--data-dir FOLDER]'

/** `pnpm bench recommendations`: what a fit takes, and its growth with the customers; and requests by the clock. */
export async function benchRecommendations(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      seconds: { type: 'string', default: '10' },
      'fit-only': { type: 'boolean', default: false },
      'requests-only': { type: 'boolean', default: false },
      ...benchShopOptions,
    },
  })
  const { 'fit-only': fitOnly, 'requests-only': requestsOnly } = values
  if (fitOnly && requestsOnly) throw new Error(`--fit-only and --requests-only leave nothing. Usage: ${usage}`)
  const seconds = Number(values.seconds)
  if (!(seconds > 0 && seconds < Number.POSITIVE_INFINITY))
    throw new Error(`--seconds is a number above 0, not "${values.seconds}". Usage: ${usage}`)
  const orders = inputFile('--orders', values.orders, usage)
  const catalogue = fitOnly ? values.catalogue : inputFile('--catalogue', values.catalogue, usage)
  console.log(`\n${machineLine()}; reference work ${referenceWorkMs().toFixed(0)} ms of CPU before\n`)
  const aims = [
    ...(requestsOnly ? [] : await benchFit(orders)),
    ...(fitOnly ? [] : await benchRequests({ ...values, orders, catalogue }, seconds)),
  ]
  console.log(aimTable(aims))
  console.log(`\nreference work ${referenceWorkMs().toFixed(0)} ms of CPU after\n`)
}
