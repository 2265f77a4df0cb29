import { formattedFiles } from './checks/format.ts'
import { root } from './root.ts'
import { runTool } from './run-tool.ts'

/** `pnpm format`: writes every source file as `pnpm check` wants it, and names those that it changed. */
export async function main(): Promise<void> {
  const { code, stdout, stderr } = await runTool('prettier', ['--write', '--list-different', ...formattedFiles], root)
  process.stdout.write(stdout)
  process.stderr.write(stderr)
  process.exitCode = code
}
