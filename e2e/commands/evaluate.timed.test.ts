import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { runCommandLine } from '../src/command.ts'
import { onlineRetailFiles, withoutRealData } from '../src/shared-data.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'evaluate-'))
afterAll(() => rmSync(folder, { recursive: true }))

interface Report {
  readonly questions: readonly {
    readonly question: string
    readonly customers: number
    readonly advantages: readonly { readonly name: string; readonly baseline: string; readonly percent: number }[]
  }[]
}

test.skipIf(withoutRealData('the served models beat the baselines on real orders'))(
  'on real orders the served models beat the best plain baseline, by 6 % and by 30 %',
  { timeout: 300_000 },
  async () => {
    const json = path.join(folder, 'report.json')
    const { orders } = onlineRetailFiles()!
    const command = runCommandLine(['evaluate', '--orders', orders, '--cutoff', '2011-09-15', '--json', json])
    expect(await command.ended, command.output()).toBe(0)
    const { questions } = JSON.parse(readFileSync(json, 'utf8')) as Report
    expect(questions.map(({ question, customers }) => [question, customers])).toEqual([
      ['next-basket', 1315],
      ['discovery', 1217],
    ])
    const advantages = new Map(questions.flatMap((each) => each.advantages).map((each) => [each.name, each]))
    const nextBasket = advantages.get('Cartograph, next basket')!
    const discover = advantages.get('Cartograph, discover')!
    expect(nextBasket.baseline).toBe('personal frequency')
    expect(nextBasket.percent).toBeGreaterThan(6)
    expect(discover.baseline).toMatch(/^EASE/)
    expect(discover.percent).toBeGreaterThan(30)
  },
)
