import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { root } from './root.ts'
import { type Target, targets } from './targets.ts'

const stampFile = path.join(root, 'node_modules', '.cache', 'cartograph', 'generated.json')

/**
 * Makes every target whose inputs have changed since it was last made, or whose output is missing; all of them when
 * `force`. `onMake` hears of each before it is made. Where nothing has changed this takes a few milliseconds.
 */
export async function ensureGenerated(
  options: { force?: boolean; onMake?: (name: string) => void } = {},
): Promise<void> {
  const stamps = readStamps()
  const stale = options.force ? targets : staleTargets(stamps)
  // Each is a process of its own, so two at a time use two cores.
  for (let index = 0; index < stale.length; index += 2) {
    await Promise.all(
      stale.slice(index, index + 2).map(async (target) => {
        options.onMake?.(target.name)
        const digest = digestOf(target)
        await target.make()
        stamps[target.name] = digest
      }),
    )
    mkdirSync(path.dirname(stampFile), { recursive: true })
    writeFileSync(stampFile, JSON.stringify(stamps, null, 2))
  }
}

/** As ensureGenerated, but in a process of its own: what the tools leave in memory must not stay in a long-lived one. */
export async function ensureGeneratedApart(): Promise<void> {
  if (staleTargets(readStamps()).length === 0) return
  const child = spawn(process.execPath, [path.join(root, 'bin', 'cartograph.mjs'), 'generate', '--stale'], {
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const [code] = (await once(child, 'exit')) as [number | null]
  if (code !== 0) throw new Error('Generating failed; see above.')
}

function staleTargets(stamps: Record<string, string>): readonly Target[] {
  return targets.filter(
    (target) =>
      stamps[target.name] !== digestOf(target) || target.outputs.some((output) => !existsSync(path.join(root, output))),
  )
}

function readStamps(): Record<string, string> {
  try {
    return JSON.parse(readFileSync(stampFile, 'utf8')) as Record<string, string>
  } catch {
    return {}
  }
}

function digestOf(target: Target): string {
  const hash = createHash('sha256')
  for (const file of target.inputs.flatMap((pattern) => globSync(pattern, { cwd: root })).sort()) {
    hash.update(file).update(readFileSync(path.join(root, file)))
  }
  return hash.digest('hex')
}
