import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { type Check, type Findings, runChecks } from '../src/run-checks.ts'

const check = (name: string, findings: Findings): Check => ({ name, run: () => findings })

async function linesOf(...checks: Check[]): Promise<{ passed: boolean; lines: string[] }> {
  const lines: string[] = []
  const passed = await runChecks(checks, (line) => lines.push(line.replace(/\d+\.\d/, '0.0')))
  return { passed, lines }
}

test('a line for each check, and what was found after them', async () => {
  const importRules = check('import rules', ['a.ts: b', 'c.ts: d\ne'])
  expect(await linesOf(check('types', []), importRules, check('git', { skipped: 'no git' }))).toEqual({
    passed: false,
    lines: [
      '  types         ok               0.0 s',
      '  import rules  2 problems       0.0 s',
      '  git           skipped          0.0 s',
      '\nimport rules',
      '  a.ts: b',
      '  c.ts: d\n  e',
      '\ngit was skipped: no git',
    ],
  })
})

test('passes when nothing was found, also when a check was skipped', async () => {
  expect((await linesOf(check('types', []), check('git', { skipped: 'no git' }))).passed).toBe(true)
})

test('a check that throws has found a problem', async () => {
  const broken: Check = { name: 'types', run: () => Promise.reject(new Error('no compiler')) }
  const { passed, lines } = await linesOf(broken)
  expect(passed).toBe(false)
  expect(lines.join('\n')).toContain('the check itself failed: Error: no compiler')
})

test('two run at a time, never three', async () => {
  let running = 0
  let most = 0
  const busy: Check = {
    name: 'busy',
    run: async () => {
      most = Math.max(most, ++running)
      await pause(5)
      running--
      return []
    },
  }
  await linesOf(busy, busy, busy, busy, busy)
  expect(most).toBe(2)
})
