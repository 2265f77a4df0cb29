import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

export interface BundleProcess {
  readonly url: string
  readonly pid: number
  /** Resident memory in megabytes; undefined where the system does not tell. */
  residentMegabytes(): number | undefined
  stop(): Promise<void>
}

/** A bundle as its container runs it: its own folder, its own environment, nothing else. Resolves when it is ready. */
export async function startBundle(folder: string, environment: Record<string, string>): Promise<BundleProcess> {
  const { child, output } = launch(folder, environment)
  const exited = once(child, 'exit')
  const url = `http://127.0.0.1:${environment['PORT']}`
  for (let isReady = false; !isReady; await pause(50)) {
    if (child.exitCode !== null) throw new Error(`${folder} ended: ${output()}`)
    isReady = await fetch(`${url}/health/ready`).then(
      ({ ok }) => ok,
      () => false,
    )
  }
  return {
    url,
    pid: child.pid!,
    residentMegabytes: () => residentMegabytes(child.pid!),
    async stop() {
      child.kill('SIGTERM')
      await exited
    },
  }
}

/** What a bundle says that must refuse to start. */
export async function startBundleThatFails(folder: string, environment: Record<string, string>): Promise<string> {
  const { child, output } = launch(folder, environment)
  const [code] = (await once(child, 'exit')) as [number | null]
  if (code !== 1) throw new Error(`it ended with ${code} instead of 1: ${output()}`)
  return output()
}

function launch(folder: string, environment: Record<string, string>) {
  const child = spawn(process.execPath, ['src/main.js'], {
    cwd: folder,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  const keep = (more: string) => void (text = `${text}${more}`.slice(-4_000))
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', keep)
  return { child, output: () => text.trim() }
}

function residentMegabytes(pid: number): number | undefined {
  try {
    return Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024)
  } catch {
    return undefined
  }
}

/** A free port for each name, all different. */
export async function freePorts(names: readonly string[]): Promise<Map<string, number>> {
  const probes = await Promise.all(
    names.map(async (name) => {
      const probe = createServer().listen(0, '127.0.0.1')
      await once(probe, 'listening')
      return { name, probe, port: (probe.address() as AddressInfo).port }
    }),
  )
  await Promise.all(probes.map(({ probe }) => new Promise((resolve) => probe.close(resolve))))
  return new Map(probes.map(({ name, port }) => [name, port]))
}
