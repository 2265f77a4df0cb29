import { existsSync } from 'node:fs'
import path from 'node:path'
import { root } from '../root.ts'
import type { Check } from '../run-checks.ts'
import { runTool } from '../run-tool.ts'

export interface ImportViolation {
  readonly rule: string
  readonly from: string
  readonly to: string
}

interface CruiseResult {
  readonly summary: {
    readonly totalCruised: number
    readonly violations: readonly { from: string; to: string; unresolvedTo?: string; rule: { name: string } }[]
  }
}

const places = ['bin', 'packages', 'subgraphs', 'clients', 'gateway', 'e2e', 'bench', 'vitest.config.ts']

/** What breaks the rules of .dependency-cruiser.mjs in the workspace at `folder`. */
export async function importViolations(folder: string): Promise<ImportViolation[]> {
  const config = path.join(root, '.dependency-cruiser.mjs')
  const present = places.filter((place) => existsSync(path.join(folder, place)))
  const options = ['--config', config, '--output-type', 'json']
  const { stdout, stderr } = await runTool('depcruise', [...options, ...present], folder)
  if (!stdout.startsWith('{')) throw new Error(`dependency-cruiser failed: ${stderr || stdout}`)
  const { summary } = JSON.parse(stdout) as CruiseResult
  // It passes over files that it has no parser for, in silence.
  if (summary.totalCruised < 10)
    throw new Error('dependency-cruiser has read next to nothing: can it parse TypeScript?')
  return summary.violations.map(({ from, to, unresolvedTo = to, rule }) => ({
    rule: rule.name,
    from,
    to: unresolvedTo,
  }))
}

/** Who may import whom: .dependency-cruiser.mjs. */
export function importRulesCheck(folder: string): Check {
  return {
    name: 'import rules',
    run: async () => {
      const violations = await importViolations(folder)
      return violations.map(({ rule, from, to }) => `${from}: ${rule}${from === to ? '' : `, by importing ${to}`}`)
    },
  }
}
