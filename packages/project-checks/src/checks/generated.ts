import { readFileSync } from 'node:fs'
import path from 'node:path'
import { targets } from '@cartograph/code-generation'
import { composeSupergraph } from '@cartograph/composition'
import { root } from '../root.ts'
import type { Check } from '../run-checks.ts'
import { runGit } from '../run-tool.ts'

const committedTargets = targets.filter(({ committed }) => committed)

/** The generated files that are committed, as they are now; null for one that is missing. */
export function readCommitted(): Map<string, string | null> {
  return new Map(committedTargets.flatMap(({ outputs }) => outputs.map((output) => [output, read(output)])))
}

/** Generated files are what they would be if made now, composition has nothing to hint at, and no other is in git. */
export function generatedCheck(before: ReadonlyMap<string, string | null>): Check {
  return {
    name: 'generated files',
    run: async () => {
      const problems: string[] = []
      for (const { outputs, make } of committedTargets) {
        await make()
        const changed = outputs.filter((output) => read(output) !== before.get(output))
        problems.push(...changed.map((output) => `${output} was out of date. It has been made anew: commit it.`))
      }
      const { hints } = composeSupergraph(path.join(root, 'supergraph.yaml'))
      problems.push(...hints.map((hint) => `supergraph.yaml: composition hints ${hint}`))
      const tracked = (await runGit(['ls-files', '--', '*/generated/*'], root)) ?? ''
      const files = tracked.split('\n').filter(Boolean)
      problems.push(...files.map((file) => `${file} is generated and in git: git rm --cached ${file}`))
      return problems
    },
  }
}

function read(output: string): string | null {
  try {
    return readFileSync(path.join(root, output), 'utf8')
  } catch {
    return null
  }
}
