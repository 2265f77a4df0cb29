import { open, rename, rm } from 'node:fs/promises'

const fullBuffer = 65_536

/**
 * Writes a file whole or not at all: beside it, and then in its place. `write` appends piece by piece. When anything
 * fails, what was there stays and nothing else is left.
 */
export async function replaceFile(
  path: string,
  write: (append: (text: string) => Promise<void>) => Promise<void>,
): Promise<void> {
  const draft = `${path}.${process.pid}.new`
  const handle = await open(draft, 'w')
  try {
    let buffered = ''
    await write(async (text) => {
      buffered += text
      if (buffered.length < fullBuffer) return
      await handle.writeFile(buffered)
      buffered = ''
    })
    await handle.writeFile(buffered)
    await handle.close()
    await rename(draft, path)
  } catch (error) {
    await handle.close()
    await rm(draft, { force: true })
    throw error
  }
}
