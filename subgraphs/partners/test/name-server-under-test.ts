import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import ipaddr from 'ipaddr.js'

const types = { 1: 'ipv4', 28: 'ipv6' } as const

/** Plays a name server (RFC 1035) that knows one name, and says nothing at all while it is silent. */
export async function startNameServer(name: string, addresses: readonly string[]) {
  const state = { isSilent: false, asked: [] as string[] }
  const socket = createSocket('udp4')
  socket.on('message', (query, { port, address }) => {
    const labels: string[] = []
    let at = 12
    for (; query[at] !== 0; at += query[at]! + 1) labels.push(query.toString('latin1', at + 1, at + 1 + query[at]!))
    const type = query.readUInt16BE(at + 1)
    state.asked.push(`${labels.join('.')} ${type === 1 ? 'A' : 'AAAA'}`)
    if (state.isSilent) return
    const isKnown = labels.join('.').toLowerCase() === name
    const found = addresses
      .map((text) => ipaddr.parse(text))
      .filter((each) => isKnown && each.kind() === types[type as keyof typeof types])
    const header = Buffer.from(query.subarray(0, 12))
    // An answer, with recursion; 3 is "no such name".
    header.writeUInt16BE(0x8180 | (isKnown ? 0 : 3), 2)
    header.writeUInt16BE(1, 4)
    header.writeUInt16BE(found.length, 6)
    header.fill(0, 8)
    const records = found.map((each) => {
      const bytes = each.toByteArray()
      // The name by its place in the query, the type, the class IN, a minute, and the address.
      return Buffer.from([0xc0, 12, 0, type, 0, 1, 0, 0, 0, 60, 0, bytes.length, ...bytes])
    })
    socket.send(Buffer.concat([header, query.subarray(12, at + 5), ...records]), port, address)
  })
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  return Object.assign(state, {
    address: `127.0.0.1:${socket.address().port}`,
    async stop() {
      socket.close()
      await once(socket, 'close')
    },
  })
}
