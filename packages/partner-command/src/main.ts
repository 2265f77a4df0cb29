import path from 'node:path'
import { progressOn, runCommand } from '@cartograph/command-line'
import { readEnvironment } from './env.ts'
import { runPartnerCommand } from './run-partner-command.ts'

const root = path.resolve(import.meta.dirname, '../../..')

/** `pnpm partner …`: partners, their keys and their manifests, from a terminal. Exits 1 with what is wrong. */
export async function main(args: string[]): Promise<void> {
  await runCommand(async () => {
    const { lines, problems = [] } = await runPartnerCommand(args, {
      root,
      environment: readEnvironment(),
      progress: progressOn(process.stdout),
      now: () => new Date(),
    })
    if (lines.length > 0) console.log(`\n${lines.map((line) => `  ${line}`.trimEnd()).join('\n')}\n`)
    if (problems.length > 0) throw new Error(problems.join('\n  '))
  })
}
