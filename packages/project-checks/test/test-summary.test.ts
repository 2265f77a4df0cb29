import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { closingLine } from '../src/test-summary.ts'

test.each([
  [{ numPassedTests: 12, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0 }, '12 passed, 0 failed'],
  [{ numPassedTests: 12, numFailedTests: 3, numPendingTests: 1, numTodoTests: 1 }, '12 passed, 3 failed, 2 skipped'],
])('%j is told in one line', (report, line) => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'cartograph-summary-'))
  writeFileSync(path.join(folder, 'report.json'), JSON.stringify(report))
  expect(closingLine(path.join(folder, 'report.json'))).toBe(line)
  rmSync(folder, { recursive: true })
})

test('without a report there is nothing to tell', () => {
  expect(closingLine('/nowhere/report.json')).toBeNull()
})
