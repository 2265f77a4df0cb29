import { parseArgs } from 'node:util'
import { percentile } from '../figures/percentile.ts'
import { fuzzGateway, type FuzzOptions, type FuzzOutcome } from './fuzz-gateway.ts'

const longestWaitMs = 200
const mostMemoryMB = 300

/** `pnpm chaos gateway`: bad requests of a seed, and what must hold meanwhile. Exits 1 when it did not. */
export async function fuzzCommand(args: readonly string[]): Promise<void> {
  const options = optionsOf(args)
  const { seed, seconds, attackers } = options
  console.log(`\nThe gateway under bad requests: seed ${seed}, ${seconds} s, ${attackers} connections`)
  const outcome = await fuzzGateway(options)
  const failures = failuresOf(outcome)
  console.log(`\n${figuresOf(outcome).join('\n')}\n`)
  for (const failure of failures) console.log(`  ${failure}`)
  console.log(`  ${failures.length} failure${failures.length === 1 ? '' : 's'}, seed ${seed}\n`)
  if (failures.length > 0) process.exitCode = 1
}

function figuresOf({ attacks, samples, idleMB, mostMB, starvedMs }: FuzzOutcome): string[] {
  const waits = samples.map(({ ms }) => ms)
  const ms = (value: number) => `${value.toFixed(0)} ms`
  const count = [...attacks.values()].reduce((sum, one) => sum + one, 0)
  return [
    `  attacks       ${count.toLocaleString('en')} of ${attacks.size} kinds`,
    `  good query    asked ${samples.length} times: median ${ms(percentile(waits, 0.5) ?? 0)}, 99 of 100 within ${ms(percentile(waits, 0.99) ?? 0)}, longest ${ms(Math.max(...waits))}`,
    `  the machine   kept the gateway from running for ${ms(starvedMs)} of a tenth of a second at most, and its client for ${ms(Math.max(...samples.map(({ lateMs }) => lateMs)))}`,
    `  memory        ${idleMB.toFixed(0)} MB before, ${mostMB.toFixed(0)} MB at most`,
  ]
}

function failuresOf({ complaints, samples, mostMB, death, isWell }: FuzzOutcome): string[] {
  const late = samples.filter(({ ms }) => ms > longestWaitMs).length
  const wrong = samples.filter(({ isRight }) => !isRight).length
  return [
    ...complaints,
    ...(death === null ? [] : [`The gateway died: ${death}.`]),
    ...(isWell ? [] : ['The gateway does not answer any more.']),
    ...(wrong === 0 ? [] : [`Of the good queries ${wrong} were answered wrong or not at all.`]),
    ...(late === 0 ? [] : [`Of the good queries ${late} took more than ${longestWaitMs} ms.`]),
    ...(mostMB <= mostMemoryMB ? [] : [`It took ${mostMB.toFixed(0)} MB, more than ${mostMemoryMB}.`]),
  ]
}

function optionsOf(args: readonly string[]): FuzzOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seed: { type: 'string', default: '1' },
      seconds: { type: 'string', default: '600' },
      connections: { type: 'string', default: '32' },
    },
  })
  const number = (name: keyof typeof values, low: number, high: number): number => {
    const value = Number(values[name])
    if (!Number.isInteger(value) || value < low || value > high)
      throw new Error(`--${name} is a whole number from ${low} to ${high}.`)
    return value
  }
  return {
    seed: number('seed', 0, 2 ** 31),
    seconds: number('seconds', 5, 36_000),
    attackers: number('connections', 1, 1_000),
  }
}
