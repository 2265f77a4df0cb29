import { checkPartners } from './commands/check-partners.ts'
import { createPartner } from './commands/create-partner.ts'
import { listPartners } from './commands/list-partners.ts'
import { manageKeys } from './commands/manage-keys.ts'
import { publishManifest } from './commands/publish-manifest.ts'
import { showUsage } from './commands/show-usage.ts'
import type { Outcome, Setting } from './setting.ts'

const commands = {
  create: createPartner,
  key: manageKeys,
  publish: publishManifest,
  list: listPartners,
  usage: showUsage,
  check: checkPartners,
} as const satisfies Record<string, (args: string[], setting: Setting) => Promise<Outcome>>

const names = Object.keys(commands).join(' | ')

/** Runs the command that `args` name first. What is wrong with them, and what the shop refuses, is thrown as a sentence. */
export async function runPartnerCommand(args: readonly string[], setting: Setting): Promise<Outcome> {
  const [name = '', ...rest] = args
  if (name === '--help' || name === '-h') return { lines: [`Usage: pnpm partner ${names}`] }
  if (!Object.hasOwn(commands, name)) throw new Error(`There is no "${name}". Usage: pnpm partner ${names}`)
  return commands[name as keyof typeof commands](rest, setting)
}
