import { execFile } from 'node:child_process'
import path from 'node:path'
import { root } from './root.ts'

export interface ToolResult {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs a tool of the workspace's node_modules in `cwd` and answers what it said, whatever its exit code. */
export function runTool(name: string, args: readonly string[], cwd: string): Promise<ToolResult> {
  const bin = path.join(root, 'node_modules', '.bin')
  const PATH = `${bin}${path.delimiter}${process.env['PATH'] ?? ''}`
  return run(path.join(bin, name), args, { cwd, env: { ...process.env, PATH, NO_COLOR: '1', FORCE_COLOR: '0' } })
}

/** Runs git in `cwd`. Answers null when git is missing or `cwd` is no working tree that it accepts. */
export async function runGit(args: readonly string[], cwd: string): Promise<string | null> {
  try {
    const { code, stdout } = await run('git', args, { cwd, env: process.env })
    return code === 0 ? stdout : null
  } catch {
    return null
  }
}

interface RunOptions {
  readonly cwd: string
  readonly env: NodeJS.ProcessEnv
}

function run(file: string, args: readonly string[], options: RunOptions): Promise<ToolResult> {
  return new Promise((resolve, reject) => {
    execFile(file, [...args], { ...options, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      const code = error?.code ?? 0
      // A number is the exit code; a text, like ENOENT, says that it did not even start.
      if (typeof code === 'number') resolve({ code, stdout, stderr })
      else reject(new Error(`${file} cannot be run: ${code}`, { cause: error }))
    })
  })
}

/** The lines of a tool's output that are one problem each; all of it as one problem where no line is. */
export function problemLines(result: ToolResult, isProblem: (line: string) => boolean): string[] {
  if (result.code === 0) return []
  const output = `${result.stdout}\n${result.stderr}`
  const lines = output.split('\n').filter(isProblem)
  return lines.length > 0 ? lines : [output.trim()]
}
