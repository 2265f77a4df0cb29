import type { Check } from '../run-checks.ts'
import { problemLines, runTool } from '../run-tool.ts'

/** oxlint with type-aware rules, as .oxlintrc.json has them. A warning counts as much as an error. */
export function lintCheck(folder: string): Check {
  return {
    name: 'lint',
    run: async () =>
      problemLines(await runTool('oxlint', ['--type-aware', '--deny-warnings', '--format', 'unix'], folder), (line) =>
        /^\S+:\d+:\d+: /.test(line),
      ),
  }
}
