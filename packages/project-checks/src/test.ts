import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { ensureGenerated } from '@cartograph/code-generation'
import { root } from './root.ts'
import { closingLine } from './test-summary.ts'

/** `pnpm test`: vitest once, with whatever arguments are given, its exit code, and a line of totals at the end. */
export async function main(args: readonly string[]): Promise<void> {
  try {
    await ensureGenerated({ onMake: (name) => console.log(`  making: ${name}`) })
  } catch (error) {
    console.error((error as Error).message)
    process.exit(1)
  }
  const folder = mkdtempSync(path.join(os.tmpdir(), 'cartograph-vitest-'))
  const report = path.join(folder, 'report.json')
  try {
    process.exitCode = await vitest(['--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...args])
    const line = closingLine(report)
    if (line) console.log(line)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function vitest(args: readonly string[]): Promise<number> {
  const bin = path.join(root, 'node_modules', '.bin')
  const child = spawn(path.join(bin, 'vitest'), ['run', ...args], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, PATH: `${bin}${path.delimiter}${process.env['PATH'] ?? ''}` },
  })
  // Ctrl-C reaches vitest too; this process waits for it to clean up.
  const stay = () => {}
  process.on('SIGINT', stay).on('SIGTERM', () => child.kill('SIGTERM'))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => resolve(code ?? 1))
  })
}
