import { ensureGenerated } from '@cartograph/code-generation'
import { apiCheck } from './checks/api.ts'
import { composeFileCheck } from './checks/compose-file.ts'
import { formatCheck } from './checks/format.ts'
import { generatedCheck, readCommitted } from './checks/generated.ts'
import { importRulesCheck } from './checks/import-rules.ts'
import { lintCheck } from './checks/lint.ts'
import { repositoryCheck } from './checks/repository.ts'
import { schemaCheck } from './checks/schema.ts'
import { skeletonCheck } from './checks/skeleton.ts'
import { typesCheck } from './checks/types.ts'
import { root } from './root.ts'
import { runChecks } from './run-checks.ts'

/** `pnpm check`, or `pnpm check <name> …` for some of them: exits 1 when any check has found something. */
export async function main(args: readonly string[]): Promise<void> {
  // Read before anything is made: what the commit holds is compared, not what this run has put there.
  const committed = readCommitted()
  const checks = [
    lintCheck(root),
    typesCheck(root),
    formatCheck(root),
    importRulesCheck(root),
    generatedCheck(committed),
    skeletonCheck(root),
    schemaCheck(root),
    apiCheck(root, committed),
    composeFileCheck(root),
    repositoryCheck(root),
  ]
  const names = checks.map(({ name }) => name)
  const unknown = args.filter((arg) => !names.includes(arg))
  if (unknown.length > 0) {
    console.error(`There is no check "${unknown.join('", "')}". There are: ${names.join(', ')}.`)
    process.exit(1)
  }
  try {
    await ensureGenerated({ onMake: (name) => console.log(`  making: ${name}`) })
  } catch (error) {
    console.error((error as Error).message)
    process.exit(1)
  }
  const chosen = args.length === 0 ? checks : checks.filter(({ name }) => args.includes(name))
  if (!(await runChecks(chosen, console.log))) process.exitCode = 1
}
