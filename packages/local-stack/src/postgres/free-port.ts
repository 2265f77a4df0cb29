import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'

/** The preferred port if it is free on loopback now, else one the system picks. Another process may still be faster. */
export async function freePort(preferred?: number): Promise<number> {
  return (preferred && (await tryPort(preferred))) || tryPort(0)
}

async function tryPort(wanted: number): Promise<number> {
  const server = createServer()
  try {
    await once(server.listen(wanted, '127.0.0.1'), 'listening')
  } catch (error) {
    if (wanted) return 0
    throw error
  }
  const { port } = server.address() as AddressInfo
  await once(server.close(), 'close')
  return port
}
