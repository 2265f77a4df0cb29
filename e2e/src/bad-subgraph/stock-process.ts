import type { AddressInfo } from 'node:net'
import { stockAnswer } from './honest.ts'
import { type Misbehaviour, misbehaviours, saying } from './misbehaviours.ts'
import { listening } from './three-subgraphs.ts'

// The subgraph that misbehaves, as a process: nothing that it pours out takes the time of who looks on.
let answering = stockAnswer
process.on('message', ({ how }: { how: Misbehaviour | { fields: object } | null }) => {
  if (how === null) answering = stockAnswer
  else answering = typeof how === 'string' ? misbehaviours[how] : saying(how.fields)
  process.send!({})
})
process.on('disconnect', () => process.exit())
const server = await listening((...request) => answering(...request), Number(process.argv[2]))
process.send!({ port: (server.address() as AddressInfo).port })
