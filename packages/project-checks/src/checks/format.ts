import type { Check } from '../run-checks.ts'
import { problemLines, runTool } from '../run-tool.ts'

/** The globs of what prettier formats: our own code, not what is generated. */
export const formattedFiles = [
  '{bin,docker,packages,subgraphs,gateway,clients,e2e,bench,chaos}/**/*.{ts,mjs}',
  '*.{ts,mjs}',
]

/** Every source file is as prettier writes it; `pnpm format` mends it. */
export function formatCheck(folder: string): Check {
  return {
    name: 'format',
    run: async () =>
      problemLines(await runTool('prettier', ['--list-different', ...formattedFiles], folder), (line) =>
        /\.(ts|mjs)$/.test(line),
      ),
  }
}
