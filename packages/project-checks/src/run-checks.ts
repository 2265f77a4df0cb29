import { performance } from 'node:perf_hooks'

/** What was found, one text for each problem, with what is worth knowing beside; or why nothing could be looked at. */
export type Findings =
  | readonly string[]
  | { readonly problems: readonly string[]; readonly notes: readonly string[] }
  | { readonly skipped: string }

export interface Check {
  readonly name: string
  run(): Promise<Findings> | Findings
}

interface Outcome {
  readonly name: string
  readonly findings: Findings
}

/** Runs checks two at a time, tells a line of each as it ends and all problems at the end; true when there are none. */
export async function runChecks(checks: readonly Check[], tell: (line: string) => void): Promise<boolean> {
  const width = Math.max(...checks.map(({ name }) => name.length))
  const waiting = [...checks]
  const outcomes: Outcome[] = []
  const worker = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      const start = performance.now()
      const findings = await findingsOf(check)
      const seconds = ((performance.now() - start) / 1000).toFixed(1)
      outcomes.push({ name: check.name, findings })
      tell(`  ${check.name.padEnd(width)}  ${verdict(findings).padEnd(14)} ${seconds.padStart(5)} s`)
    }
  }
  await Promise.all([worker(), worker()])
  const failed = outcomes.filter(({ findings }) => problemsOf(findings).length > 0)
  const list = (title: string, texts: readonly string[]) => {
    tell(`\n${title}`)
    for (const text of texts) tell(`  ${text.replaceAll('\n', '\n  ')}`)
  }
  for (const { name, findings } of outcomes) {
    if ('notes' in findings && findings.notes.length > 0) list(`${name}, to be known`, findings.notes)
  }
  for (const { name, findings } of failed) list(name, problemsOf(findings))
  for (const { name, findings } of outcomes) {
    if ('skipped' in findings) tell(`\n${name} was skipped: ${findings.skipped}`)
  }
  return failed.length === 0
}

/** A check that cannot run has found a problem: its own. */
async function findingsOf(check: Check): Promise<Findings> {
  try {
    return await check.run()
  } catch (error) {
    return [`the check itself failed: ${(error as Error).stack ?? String(error)}`]
  }
}

function problemsOf(findings: Findings): readonly string[] {
  if ('skipped' in findings) return []
  return 'problems' in findings ? findings.problems : findings
}

function verdict(findings: Findings): string {
  if ('skipped' in findings) return 'skipped'
  const { length } = problemsOf(findings)
  if (length === 0) return 'ok'
  return length === 1 ? '1 problem' : `${length} problems`
}
