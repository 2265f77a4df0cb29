import { readFileSync } from 'node:fs'

interface JsonReport {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numPendingTests: number
  readonly numTodoTests: number
}

/** `12 passed, 0 failed, 1 skipped` from vitest's JSON report; null when it wrote none. */
export function closingLine(reportFile: string): string | null {
  let report: JsonReport
  try {
    report = JSON.parse(readFileSync(reportFile, 'utf8')) as JsonReport
  } catch {
    return null
  }
  const skipped = report.numPendingTests + report.numTodoTests
  return `${report.numPassedTests} passed, ${report.numFailedTests} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}
