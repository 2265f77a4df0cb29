import { existsSync, statSync } from 'node:fs'
import path from 'node:path'
import { parseArgs, type ParseArgsConfig } from 'node:util'
import { defaultDataDir } from '../workspace.ts'

/** Arguments by `options`; an unknown one, or one without its value, is a sentence with the usage. --help prints that. */
export function readArguments<Options extends NonNullable<ParseArgsConfig['options']>>(
  args: string[],
  options: Options,
  usage: string,
) {
  if (args.includes('--help') || args.includes('-h')) {
    console.log(`Usage: ${usage}`)
    process.exit(0)
  }
  try {
    return parseArgs({ args, options, allowPositionals: true })
  } catch (error) {
    throw new Error(`${(error as Error).message.split(/[.\n]/)[0]}. Usage: ${usage}`, { cause: error })
  }
}

export function portOf(text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise
  const port = Number(text)
  if (!/^\d+$/.test(text) || port > 65_535) throw new Error(`--port takes a number from 0 to 65535, not "${text}".`)
  return port
}

export function dataDirOf(text: string | undefined): string {
  if (text === undefined) return defaultDataDir
  if (text.trim() === '') throw new Error('--data-dir takes the path of a folder, not nothing.')
  const folder = path.resolve(process.env['INIT_CWD'] ?? '.', text)
  if (existsSync(folder) && !statSync(folder).isDirectory()) throw new Error(`--data-dir: ${folder} is not a folder.`)
  return folder
}
