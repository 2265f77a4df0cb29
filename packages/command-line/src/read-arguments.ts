import { parseArgs, type ParseArgsConfig } from 'node:util'

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
