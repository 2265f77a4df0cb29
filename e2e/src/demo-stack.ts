import { ensureDemoShop, startStack, type Stack, type StackDatabases, type StackOptions } from '@cartograph/local-stack'
import { removeWithServer, throwAwayFolder } from '@cartograph/local-stack/throw-away-folder'

/** A shop of a test's own, in a folder that goes with it. */
export type ThrowAwayStack = Stack & AsyncDisposable & { readonly dataDir: string }

/**
 * A shop of a test's own, to break: a process per service on a throw-away database server, filled by `fill`. Its gateway keeps
 * no answers unless `options` say so, for tests look at what they have just changed.
 */
export async function startThrowAwayStack(
  fill: (dataDir: string, databases: StackDatabases) => Promise<void>,
  options: Partial<StackOptions> = {},
): Promise<ThrowAwayStack> {
  const { dataDir = throwAwayFolder() } = options
  const stack = await startStack(
    {
      port: 0,
      mode: 'processes',
      postgres: { ephemeral: true },
      ...options,
      dataDir,
      environment: { ANSWER_CACHE_MEBIBYTES: '0', ...options.environment },
    },
    (databases) => fill(dataDir, databases),
  )
  return {
    ...stack,
    dataDir,
    async [Symbol.asyncDispose]() {
      await stack.stop()
      await removeWithServer(dataDir)
    },
  }
}

/** The demo shop, as startThrowAwayStack starts it. */
export const startDemoStack = (options: Partial<StackOptions> = {}): Promise<ThrowAwayStack> =>
  startThrowAwayStack(ensureDemoShop, options)
