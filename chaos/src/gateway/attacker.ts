import { connect } from 'node:net'
import type { Attack } from './attacks/attack.ts'

const dripEveryMs = 100
const dripForMs = 4_000
/** Longer than the gateway gives any request. */
const mostMs = 45_000
/** For an answer to what need not have one, such as a body that never comes whole. */
const scrapMs = 3_000
const mostHeard = 2_000_000

/** What came of an attack: all that was heard, and how it ended. */
export interface Aftermath {
  readonly heard: string
  readonly ms: number
  readonly end: 'closed' | 'reset' | 'no end' | 'gave up' | 'no connection'
}

/** Makes one attack on a connection of its own, and hears out what is answered, unless all is `over` before. */
export function attack(port: number, { bytes, conduct, isRequest }: Attack, over: AbortSignal): Promise<Aftermath> {
  return new Promise((resolve) => {
    const startedAt = performance.now()
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: false })
    const heard: Buffer[] = []
    let bytesHeard = 0
    let end: Aftermath['end'] = 'closed'
    let dripping: NodeJS.Timeout | undefined
    const finish = (how: Aftermath['end']) => {
      end = how
      socket.destroy()
    }
    const timer = isRequest
      ? setTimeout(finish, mostMs, 'no end')
      : setTimeout(finish, conduct === 'drip' ? mostMs : scrapMs, 'gave up')
    const giveUp = () => finish('gave up')
    over.addEventListener('abort', giveUp)
    socket.on('connect', () => {
      if (conduct === 'drip') {
        let at = 0
        dripping = setInterval(() => {
          const step = Math.max(1, Math.ceil(bytes.length / 1_000))
          if (at < bytes.length && performance.now() - startedAt < dripForMs)
            socket.write(bytes.subarray(at, (at += step)))
          else finish('gave up')
        }, dripEveryMs)
      } else if (conduct === 'half-close') socket.end(bytes)
      else socket.write(bytes, () => conduct === 'leave' && finish('gave up'))
    })
    socket.on('data', (chunk) => {
      bytesHeard += chunk.length
      if (bytesHeard <= mostHeard) heard.push(chunk)
      if (conduct === 'whole' && isRequest && isWhole(Buffer.concat(heard).toString('latin1'))) finish('closed')
    })
    socket.on('error', ({ code }: NodeJS.ErrnoException) => {
      if (end === 'closed') end = code === 'ECONNREFUSED' ? 'no connection' : 'reset'
    })
    socket.on('close', () => {
      clearTimeout(timer)
      over.removeEventListener('abort', giveUp)
      clearInterval(dripping)
      resolve({ heard: Buffer.concat(heard).toString(), ms: performance.now() - startedAt, end })
    })
  })
}

/** Whether `text` is an answer to its end, by the length that it says it has. */
function isWhole(text: string): boolean {
  const headEnds = text.indexOf('\r\n\r\n')
  const length = /content-length: (\d+)/i.exec(text.slice(0, headEnds))?.[1]
  return headEnds !== -1 && length !== undefined && text.length >= headEnds + 4 + Number(length)
}
