import { readFileSync } from 'node:fs'
import { inputFile, readArguments, runCommand } from '@cartograph/command-line'
import { createLogger, runService } from '@cartograph/service-runtime'
import { serveSupergraph } from './serve-supergraph.ts'

const usage = 'pnpm gateway --supergraph FILE [--port 4000] [--host 127.0.0.1] [--no-sharing]'

/** Serves any supergraph file until it is told to stop. */
export function main(args: string[]): Promise<void> {
  return runCommand(async () => {
    const { values } = readArguments(
      args,
      {
        supergraph: { type: 'string' },
        port: { type: 'string', default: '4000' },
        host: { type: 'string', default: '127.0.0.1' },
        'no-sharing': { type: 'boolean', default: false },
      },
      usage,
    )
    const file = inputFile('--supergraph', values.supergraph, usage)
    const port = Number(values.port)
    if (!Number.isInteger(port) || port < 0 || port > 65_535)
      throw new Error(`--port takes a number up to 65535, not "${values.port}". Usage: ${usage}`)
    await runService(async () => {
      const service = await serveSupergraph({
        supergraphSdl: readFileSync(file, 'utf8'),
        host: values.host,
        port,
        sharesAnswers: !values['no-sharing'],
        logger: createLogger('gateway', 'warn'),
      }).catch((error: unknown) => {
        throw new Error(`${file} cannot be served: ${(error as Error).message}`, { cause: error })
      })
      process.stdout.write(`\n  ${file}\n  is served at ${service.url}/graphql\n\n`)
      return service
    })
  })
}
