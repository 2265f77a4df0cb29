import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { root } from '@cartograph/local-stack'

export interface RunningCommand {
  readonly child: ChildProcess
  /** All that it has printed, on both streams. */
  output(): string
  /** Resolves once the output matches; throws with the output when the command ends before, or after `timeoutMs`. */
  untilOutput(pattern: RegExp, timeoutMs?: number): Promise<RegExpExecArray>
  /** Resolves with the exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>
}

/** Runs one of the project's commands by its script in package.json, in a process group of its own; in a copy of the workspace, if given. */
export function runCommandLine(
  args: readonly string[],
  environment: Record<string, string> = {},
  workspace = root,
): RunningCommand {
  const [command = '', ...rest] = args
  const { scripts } = JSON.parse(readFileSync(path.join(workspace, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>
  }
  const [, ...script] = scripts[command]!.split(' ')
  const child = spawn(process.execPath, [...script, ...rest], {
    cwd: workspace,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  let text = ''
  const listeners = new Set<() => void>()
  const hear = (chunk: string) => {
    text += chunk
    for (const listener of listeners) listener()
  }
  child.stdout.setEncoding('utf8').on('data', hear)
  child.stderr.setEncoding('utf8').on('data', hear)
  const ended = once(child, 'close').then(([code, signal]) => (code ?? signal) as number | string)
  return {
    child,
    output: () => text,
    ended,
    untilOutput: (pattern, timeoutMs = 60_000) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const match = pattern.exec(text)
          if (match) finish(() => resolve(match))
        }
        const finish = (settle: () => void) => {
          clearTimeout(timer)
          listeners.delete(look)
          settle()
        }
        const timer = setTimeout(
          () => finish(() => reject(new Error(`no ${pattern} in ${timeoutMs} ms:\n${text}`))),
          timeoutMs,
        )
        void ended.then((code) =>
          finish(() =>
            pattern.exec(text) ? look() : reject(new Error(`ended with ${code} before ${pattern}:\n${text}`)),
          ),
        )
        listeners.add(look)
        look()
      }),
  }
}
