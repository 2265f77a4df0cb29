import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { type ServiceName, subgraphs } from './workspace.ts'

/** Throws one sentence when `port` of the loopback address cannot be listened on. */
export async function assertPortFree(port: number): Promise<void> {
  const probe = createServer()
  try {
    probe.listen(port, '127.0.0.1')
    await once(probe, 'listening')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EADDRINUSE') throw new Error(`Port ${port} is in use; choose another with --port.`, { cause: error })
    if (code === 'EACCES')
      throw new Error(`Port ${port} may not be used by this account; choose one above 1023 with --port.`, {
        cause: error,
      })
    throw error
  } finally {
    probe.close()
  }
}

/** A port for each service: the gateway's as asked (0 for any), the others free ones, all different. */
export async function servicePorts(gatewayPort: number): Promise<Record<ServiceName, number>> {
  const wanted = [...subgraphs, ...(gatewayPort === 0 ? (['gateway'] as const) : [])]
  // All probes are held open together, so that no port is handed out twice.
  const probes = await Promise.all(
    wanted.map(async (name) => {
      const probe = createServer().listen(0, '127.0.0.1')
      await once(probe, 'listening')
      return { name, probe, port: (probe.address() as AddressInfo).port }
    }),
  )
  await Promise.all(probes.map(({ probe }) => new Promise((resolve) => probe.close(resolve))))
  const ports = Object.fromEntries(probes.map(({ name, port }) => [name, port]))
  return { gateway: gatewayPort, ...ports } as Record<ServiceName, number>
}
