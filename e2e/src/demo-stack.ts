import { ensureDemoShop, startStack, type Stack, type StackOptions } from '@cartograph/local-stack'
import { removeWithServer, throwAwayFolder } from '@cartograph/local-stack/throw-away-folder'

/** A demo shop of a test's own, to break: a process per service on a throw-away database server. */
export async function startDemoStack(
  options: Partial<StackOptions> = {},
): Promise<Stack & AsyncDisposable & { readonly dataDir: string }> {
  const folder = throwAwayFolder()
  const stack = await startStack(
    { dataDir: folder, port: 0, mode: 'processes', postgres: { ephemeral: true }, ...options },
    (databases) => ensureDemoShop(folder, databases),
  )
  return {
    ...stack,
    dataDir: folder,
    async [Symbol.asyncDispose]() {
      await stack.stop()
      await removeWithServer(folder)
    },
  }
}
