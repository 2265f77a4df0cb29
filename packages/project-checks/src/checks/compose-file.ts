import type { Check } from '../run-checks.ts'
import { problemLines, runTool } from '../run-tool.ts'

/** docker-compose.yml by dclint, which needs no Docker. */
export function composeFileCheck(folder: string): Check {
  return {
    name: 'compose file',
    run: async () =>
      problemLines(
        await runTool('dclint', ['--max-warnings', '0', '--formatter', 'compact', 'docker-compose.yml'], folder),
        (line) => / line \d+|: (error|warning)/i.test(line),
      ),
  }
}
