import { residentMiB } from '../measure/cpu.ts'
import { applyLoad } from '../measure/load.ts'
import type { Aim } from './aims.ts'
import type { RunningContender } from './contenders/start-contender.ts'
import { benchedOperations } from './operations.ts'

const requests = 100_000
const mostMB = 200
const sliceSeconds = 5

/** Sends each of `running` 100,000 times the benchmark's query, 16 at a time, and looks what memory it then holds. */
export async function benchMemory(running: readonly RunningContender[]): Promise<Aim[]> {
  const aims: Aim[] = []
  for (const { name, url, pid } of running) {
    let sent = 0
    while (sent < requests) {
      const load = await applyLoad({
        url,
        concurrency: 16,
        seconds: sliceSeconds,
        requestOf: () => benchedOperations.benchmark,
      })
      sent += load.requests
    }
    const measured = (residentMiB(pid) * 2 ** 20) / 1e6
    console.log(`${name} holds ${measured.toFixed(0)} MB after ${sent.toLocaleString('en')} requests`)
    aims.push({ aim: `memory of ${name}`, measured, atMost: mostMB, unit: ' MB' })
  }
  return aims
}
