import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { type Contender, type ContenderName, contenders, type Ground } from './contenders.ts'
import { type Program, startProgram } from './start-program.ts'

export interface RunningContender {
  readonly name: ContenderName
  readonly url: string
  readonly pid: number
  stop(): Promise<void>
}

const startWithinMs = 60_000
const lookEveryMs = 50

/** A process of its own, which answers. Throws with what it printed when it ends, or does not answer within a minute. */
export async function startContender(name: ContenderName, ground: Ground): Promise<RunningContender> {
  const contender: Contender = contenders[name]
  const port = await freePort()
  const program = startProgram(contender.args(ground, port), contender.environment)
  const url = `http://127.0.0.1:${port}/graphql`
  try {
    await answering(program, url)
  } catch (error) {
    await program.stop()
    throw new Error(`${name} does not start: ${(error as Error).message}`, { cause: error })
  }
  return { name, url, pid: program.pid, stop: program.stop }
}

async function answering(program: Program, url: string): Promise<void> {
  const endsAt = performance.now() + startWithinMs
  const body = JSON.stringify({ query: '{ __typename }' })
  while (performance.now() < endsAt) {
    if (program.hasEnded()) throw new Error(`it ended: ${program.printed()}`)
    const answered = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body }).then(
      (response) => response.ok,
      () => false,
    )
    if (answered) return
    await setTimeout(lookEveryMs)
  }
  throw new Error(`no answer within ${startWithinMs / 1000} s: ${program.printed()}`)
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
