import { open } from 'node:fs/promises'
import { PassThrough, pipeline, type Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'

const GZIP_MAGIC = Buffer.from([0x1f, 0x8b])
const CHUNK = 65_536

/** What a file holds, unpacked if it is gzip (told by its first bytes), and its size as stored. */
export interface OpenBytes {
  readonly bytes: number
  /** Once; destroying it lets go of the file. Fails when the file cannot be read, or unpacked, to its end. */
  readonly chunks: Readable
}

/** Opens a file; `onBytes` is told of each piece, in bytes as stored, that has been read. */
export async function openBytes(path: string, onBytes: (count: number) => void): Promise<OpenBytes> {
  const handle = await open(path)
  try {
    const { size } = await handle.stat()
    const { buffer } = await handle.read(Buffer.alloc(GZIP_MAGIC.length), 0, GZIP_MAGIC.length, 0)
    const stored = async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
      for await (const chunk of chunks) {
        onBytes(chunk.length)
        yield chunk
      }
    }
    const unpacked = buffer.equals(GZIP_MAGIC) ? createGunzip({ chunkSize: CHUNK }) : new PassThrough()
    // A failure destroys the last stream, whose reader then throws it; there is nothing to do here.
    pipeline(handle.createReadStream({ start: 0 }), stored, unpacked, () => {})
    return { bytes: size, chunks: unpacked }
  } catch (error) {
    await handle.close()
    throw error
  }
}
