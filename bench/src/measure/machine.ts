import { execFileSync } from 'node:child_process'
import { cpus, totalmem } from 'node:os'

/** What a figure is worth nothing without: the commit, the processor and the versions. */
export function machineLine(): string {
  const git = (...args: string[]) => execFileSync('git', args, { encoding: 'utf8', cwd: import.meta.dirname }).trim()
  const commit = `${git('rev-parse', '--short', 'HEAD')}${git('status', '--porcelain') ? ' with changes' : ''}`
  const [processor] = cpus()
  return `commit ${commit}, ${cpus().length} × ${processor?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`
}
