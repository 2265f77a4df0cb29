import type { Check } from '../run-checks.ts'
import { problemLines, runTool } from '../run-tool.ts'

/** The whole workspace is one TypeScript program. */
export function typesCheck(folder: string): Check {
  return {
    name: 'types',
    run: async () => {
      const result = await runTool('tsc', ['-p', '.', '--pretty', 'false'], folder)
      return problemLines(result, (line) => /error TS\d+/.test(line))
    },
  }
}
