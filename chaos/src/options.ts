import { parseArgs } from 'node:util'
import { plants } from './plants/plants.ts'

export interface ChaosOptions {
  readonly seed: number
  readonly seconds: number
  readonly buyers: number
  readonly hotCustomers: number
  readonly plant: string | undefined
  readonly printSchedule: boolean
  /** Instead of a schedule: every process dies at each of its crash points. */
  readonly crashPoints: boolean
  /** Kept, with the logs in it, when it was named. */
  readonly dataDir: string | undefined
}

/** What was asked for on the command line. Throws one sentence for what cannot be. */
export function chaosOptions(args: readonly string[]): ChaosOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seed: { type: 'string', default: '1' },
      seconds: { type: 'string', default: '120' },
      buyers: { type: 'string', default: '16' },
      'hot-customers': { type: 'string', default: '1000' },
      plant: { type: 'string' },
      'print-schedule': { type: 'boolean', default: false },
      'crash-points': { type: 'boolean', default: false },
      'data-dir': { type: 'string' },
    },
  })
  const number = (name: 'seed' | 'seconds' | 'buyers' | 'hot-customers', low: number, high: number): number => {
    const value = Number(values[name])
    if (!Number.isInteger(value) || value < low || value > high)
      throw new Error(`--${name} is a whole number from ${low} to ${high}.`)
    return value
  }
  if (values.plant !== undefined && !Object.hasOwn(plants, values.plant))
    throw new Error(`There is no bug "${values.plant}" to plant. There are: ${Object.keys(plants).join(', ')}.`)
  return {
    seed: number('seed', 0, 2 ** 31),
    seconds: number('seconds', 5, 3_600),
    buyers: number('buyers', 16, 64),
    hotCustomers: number('hot-customers', 0, 100_000),
    plant: values.plant,
    printSchedule: values['print-schedule'],
    crashPoints: values['crash-points'],
    dataDir: values['data-dir'],
  }
}
