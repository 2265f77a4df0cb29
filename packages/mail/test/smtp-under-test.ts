import type { AddressInfo, Socket } from 'node:net'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'

export interface ReceivedMail {
  readonly from: string
  readonly to: readonly string[]
  readonly message: string
}

export interface SmtpUnderTest {
  readonly url: URL
  readonly received: ReceivedMail[]
  /** How many connections there have been. */
  readonly connections: () => number
  /** Cuts every connection, without a word. */
  cut(): void
  stop(): Promise<void>
}

/** A real SMTP server on this machine, for user `shop` with password `p@ss:word`, which keeps what it is given. */
export async function startSmtp(options: SMTPServerOptions = {}): Promise<SmtpUnderTest> {
  const received: ReceivedMail[] = []
  const sockets: Socket[] = []
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    closeTimeout: 10,
    logger: false,
    onAuth: ({ username, password }, _session, callback) => {
      const isKnown = username === 'shop' && password === 'p@ss:word'
      callback(isKnown ? null : new Error('Invalid username or password'), { user: username })
    },
    onData: (stream, { envelope }, callback) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const from = envelope.mailFrom ? envelope.mailFrom.address : ''
        const message = Buffer.concat(chunks).toString()
        received.push({ from, to: envelope.rcptTo.map(({ address }) => address), message })
        callback()
      })
    },
    ...options,
  })
  // The client that is cut off is what is tested, not the server that notices.
  server.on('error', () => {})
  server.server.on('connection', (socket) => sockets.push(socket))
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.server.address() as AddressInfo
  return {
    url: new URL(`smtp://shop:${encodeURIComponent('p@ss:word')}@127.0.0.1:${port}`),
    received,
    connections: () => sockets.length,
    cut: () => {
      for (const socket of sockets) socket.destroy()
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
      }),
  }
}
