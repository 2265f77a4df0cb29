import { parseArgs } from 'node:util'
import { cpuOf } from '../measure/cpu.ts'
import { applyLoad } from '../measure/load.ts'
import { machineLine } from '../measure/machine.ts'
import { referenceWorkMs } from '../measure/reference-work.ts'
import { type LoneGateway, startLoneGateway } from './lone-gateway.ts'

/** Of CPU time, for a token that is remembered. */
const barMs = 0.1

/** More than a gateway answers. */
const mostRequestsPerSecond = 12_000

interface Sum {
  requests: number
  cpuMs: number
}

/**
 * What an access token costs the gateway in CPU time: requests that no subgraph is needed for, from guests, with one
 * token again and again, and with a new token each. The three take turns, for the machine is not equally fast all along.
 */
export async function benchVerify(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { seconds: { type: 'string', default: '3' }, rounds: { type: 'string', default: '4' } },
  })
  const gateway = await startLoneGateway()
  try {
    console.log(`${machineLine()}; reference work ${Math.round(referenceWorkMs())} ms`)
    const warmToken = await gateway.newToken()
    const sums = { 'a guest': sum(), 'a remembered token': sum(), 'a new token each': sum() }
    for (let round = -1; round < Number(values.rounds); round += 1) {
      // The first round warms the engine up.
      const seconds = round < 0 ? 1 : Number(values.seconds)
      const tokens = await Promise.all(
        Array.from({ length: seconds * mostRequestsPerSecond }, () => gateway.newToken()),
      )
      const given: Record<keyof typeof sums, () => string | undefined> = {
        'a guest': () => undefined,
        'a remembered token': () => warmToken,
        'a new token each': () => tokens.pop() ?? fail('more requests than tokens; give fewer --seconds'),
      }
      for (const [name, token] of Object.entries(given)) {
        const measured = await measure(gateway, seconds, token)
        if (round >= 0) add(sums[name as keyof typeof sums], measured)
      }
    }
    report(sums)
    console.log(`reference work ${Math.round(referenceWorkMs())} ms`)
  } finally {
    await gateway.stop()
  }
}

async function measure(gateway: LoneGateway, seconds: number, token: () => string | undefined): Promise<Sum> {
  const before = cpuOf(gateway.pid)
  const { requests } = await applyLoad({
    url: gateway.url,
    concurrency: 8,
    seconds,
    requestOf: () => {
      const given = token()
      return { query: '{ __typename }', variables: {}, headers: given ? { authorization: `Bearer ${given}` } : {} }
    },
  })
  return { requests, cpuMs: cpuOf(gateway.pid) - before }
}

function report(sums: Record<'a guest' | 'a remembered token' | 'a new token each', Sum>): void {
  const guest = perRequest(sums['a guest'])
  console.log('\n| request with | requests | CPU ms each | of it for the token |\n|---|---|---|---|')
  for (const [name, of] of Object.entries(sums)) {
    const own = name === 'a guest' ? '' : (perRequest(of) - guest).toFixed(3)
    console.log(`| ${name} | ${of.requests} | ${perRequest(of).toFixed(3)} | ${own} |`)
  }
  const warm = perRequest(sums['a remembered token']) - guest
  if (warm >= barMs) fail(`a remembered token costs ${warm.toFixed(3)} ms; the bar is ${barMs} ms`)
}

const sum = (): Sum => ({ requests: 0, cpuMs: 0 })
const perRequest = ({ requests, cpuMs }: Sum) => cpuMs / requests

function add(to: Sum, { requests, cpuMs }: Sum): void {
  to.requests += requests
  to.cpuMs += cpuMs
}

function fail(message: string): never {
  throw new Error(message)
}
