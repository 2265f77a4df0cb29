import { mkdtempSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { ensureGenerated } from '@cartograph/code-generation'
import { removeWithServer } from '@cartograph/local-stack/throw-away-folder'
import { runCrashPoints } from './crash-points/run-crash-points.ts'
import { figureLines } from './figures/print-figures.ts'
import { tooSlow } from './figures/too-slow.ts'
import { type ChaosOptions, chaosOptions } from './options.ts'
import { plants } from './plants/plants.ts'
import { runChaos, type Violations } from './run-chaos.ts'
import { describeFault } from './schedule/fault.ts'
import { fuzzCommand } from './gateway/fuzz-command.ts'
import { makeSchedule } from './schedule/make-schedule.ts'
import { startShop } from './shop/start-shop.ts'
import { places } from './shop/topology.ts'

const mostShown = 12

/**
 * `pnpm chaos`: breaks a shop while it sells, and says whether it sold right; `pnpm chaos gateway` attacks the gateway alone.
 * Exits 1 when it did not.
 */
export async function main(args: readonly string[]): Promise<void> {
  try {
    const [first, ...rest] = args
    if (first === 'gateway') return await fuzzCommand(rest)
    const options = chaosOptions(args)
    if (options.printSchedule) return printSchedule(options)
    await ensureGenerated({ onMake: (name) => console.log(`  Generating: ${name}`) })
    const found = await inFolder(options, options.crashPoints ? walkCrashPoints : followSchedule)
    process.exitCode = report(options, found) === 0 ? 0 : 1
  } catch (error) {
    console.error((error as Error).message)
    process.exitCode = 1
  }
}

const say = (line: string) => console.log(`  ${line}`)

function printSchedule({ seed, seconds }: ChaosOptions): void {
  for (const fault of makeSchedule(seed, seconds, places))
    console.log(`${(fault.atMs / 1_000).toFixed(2).padStart(8)} s  ${describeFault(fault)}`)
}

/** Runs in the folder that was named, or in one that is thrown away; on a disk, as a shop's data are. */
async function inFolder(
  options: ChaosOptions,
  run: (options: ChaosOptions, dataDir: string) => Promise<Violations>,
): Promise<Violations> {
  if (options.dataDir !== undefined) return run(options, options.dataDir)
  const folder = mkdtempSync(path.join(os.tmpdir(), `cartograph-test-${process.pid}-`))
  // Services end with this process; PostgreSQL would not.
  const leave = () => void removeWithServer(folder).finally(() => process.exit(130))
  process.once('SIGINT', leave).once('SIGTERM', leave)
  try {
    return await run(options, folder)
  } finally {
    await removeWithServer(folder)
  }
}

async function followSchedule(options: ChaosOptions, dataDir: string): Promise<Violations> {
  const { seed, seconds, plant, buyers } = options
  const schedule = makeSchedule(seed, seconds, places)
  console.log(`\nChaos, seed ${seed}, ${seconds} s, ${buyers} buyers, ${schedule.length} faults`)
  if (plant !== undefined) say(`planted: ${plants[plant]!.description}`)
  const shop = await startShop({ dataDir, seed, ...(plant !== undefined && { plant: plants[plant]! }) })
  try {
    const outcome = await runChaos(shop, { ...options, schedule, onProgress: say })
    console.log(`\n${figureLines(outcome).join('\n')}`)
    for (const r of outcome.recoveries.filter((x) => x.ms > 4000))
      console.log(
        r.kind,
        r.ms,
        r.heldUpBy,
        describeFault(r.strike.fault),
        r.strike.at,
        new Date(r.strike.at + r.ms).toISOString(),
      )
    return new Map([...outcome.violations, ['recovers in time', tooSlow(outcome.recoveries)]])
  } finally {
    await shop.stop()
  }
}

async function walkCrashPoints(options: ChaosOptions, dataDir: string): Promise<Violations> {
  console.log(`\nEvery crash point, seed ${options.seed}, ${options.buyers} buyers`)
  const { deaths, missed, ...outcome } = await runCrashPoints(dataDir, { ...options, onProgress: say })
  console.log(`\n${figureLines(outcome).join('\n')}`)
  const slowest = deaths.toSorted((a, b) => b.afterMs - a.afterMs)[0]
  const longest = slowest ? `, the longest after ${(slowest.afterMs / 1_000).toFixed(2)} s (${slowest.point})` : ''
  say(`deaths                  ${deaths.length} at crash points${longest}`)
  return new Map([
    ...outcome.violations,
    ['dies at every crash point', missed.map((site) => `${site} was not reached`)],
  ])
}

/** Says what broke and what to do next; answers how much it is. */
function report({ seed, seconds, buyers, dataDir, crashPoints }: ChaosOptions, found: Violations): number {
  const count = [...found.values()].reduce((sum, { length }) => sum + length, 0)
  console.log('')
  for (const [name, violations] of found) {
    if (violations.length === 0) continue
    say(`${name}: ${violations.length}`)
    for (const violation of violations.slice(0, mostShown)) say(`  - ${violation.trim().slice(0, 600)}`)
  }
  say(`${count} violation${count === 1 ? '' : 's'}, seed ${seed}\n`)
  if (count === 0) return 0
  const again = `pnpm chaos ${crashPoints ? '--crash-points ' : ''}--seed ${seed} --seconds ${seconds} --buyers ${buyers}`
  if (!crashPoints) say(`The same faults, in their order:         ${again} --print-schedule`)
  if (dataDir === undefined) say(`The same again, databases and logs kept: ${again} --data-dir DIR`)
  else say(`What each service said is in ${dataDir}/logs, and the databases in ${dataDir}/postgres.`)
  return count
}
