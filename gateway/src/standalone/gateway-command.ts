import { readFileSync } from 'node:fs'
import { inputFile, readArguments, runCommand } from '@cartograph/command-line'
import { createLogger, runService } from '@cartograph/service-runtime/process'
import { serveSupergraph } from './serve-supergraph.ts'

const longestReason = 800
const usage =
  'pnpm gateway --supergraph FILE [--port 4000] [--host 127.0.0.1] [--most-cost N] [--no-sharing] [--no-cache] [--deadline-ms 30000] [--subgraph-deadline-ms 20000]'
const longestDeadlineMs = 600_000

/** Serves any supergraph file until it is told to stop. */
export function main(args: string[]): Promise<void> {
  return runCommand(async () => {
    const { values } = readArguments(
      args,
      {
        supergraph: { type: 'string' },
        port: { type: 'string', default: '4000' },
        host: { type: 'string', default: '127.0.0.1' },
        'most-cost': { type: 'string' },
        'no-sharing': { type: 'boolean', default: false },
        'deadline-ms': { type: 'string', default: '30000' },
        'subgraph-deadline-ms': { type: 'string', default: '20000' },
        'no-cache': { type: 'boolean', default: false },
      },
      usage,
    )
    const file = inputFile('--supergraph', values.supergraph, usage)
    const port = wholeNumber('--port', values.port, 65_535)
    const mostCost = values['most-cost']
    const deadlines = {
      requestDeadlineMs: wholeNumber('--deadline-ms', values['deadline-ms'], longestDeadlineMs),
      subgraphDeadlineMs: wholeNumber('--subgraph-deadline-ms', values['subgraph-deadline-ms'], longestDeadlineMs),
    }
    await runService(async () => {
      const service = await serveSupergraph({
        supergraphSdl: readFileSync(file, 'utf8'),
        host: values.host,
        port,
        ...deadlines,
        mostOperationCost:
          mostCost === undefined ? null : wholeNumber('--most-cost', mostCost, Number.MAX_SAFE_INTEGER),
        sharesAnswers: !values['no-sharing'],
        keepsAnswers: !values['no-cache'],
        logger: createLogger('gateway', 'warn'),
      }).catch((error: unknown) => {
        // A reason that goes on for pages quotes the file.
        const reason = (error as Error).message.slice(0, longestReason)
        throw new Error(`${file} cannot be served: ${reason}`, { cause: error })
      })
      process.stdout.write(`\n  ${file}\n  is served at ${service.url}/graphql\n\n`)
      return service
    })
  })
}

function wholeNumber(option: string, text: string, most: number): number {
  const number = Number(text)
  if (text.trim() === '' || !Number.isInteger(number) || number < 0 || number > most)
    throw new Error(`${option} takes a whole number up to ${most}, not "${text}". Usage: ${usage}`)
  return number
}
