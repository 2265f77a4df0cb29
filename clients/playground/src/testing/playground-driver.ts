import type { Page } from 'playwright-core'

/** Opens the playground and waits until an operation can be run. Returns the milliseconds which that took. */
export async function openPlayground(page: Page, url: string): Promise<number> {
  const started = performance.now()
  await page.goto(url)
  await page.getByRole('button', { name: 'Run', exact: true }).waitFor()
  await page.locator('.monaco-editor .view-line').first().waitFor()
  return performance.now() - started
}

/** The names of the examples on offer, in their order. */
export async function listExamples(page: Page): Promise<string[]> {
  const names = page.locator('button:has-text("Examples")').locator('xpath=../..').locator('[data-state="open"] button')
  return (await names.allInnerTexts()).map((name) => name.trim()).filter((name) => name !== '' && name !== 'Examples')
}

/** The names on the open tabs, in their order. */
export async function listTabs(page: Page): Promise<string[]> {
  return page.locator('[aria-roledescription="sortable"]').allInnerTexts()
}

/** Brings an example to the front, by its entry in the collection. */
export async function openExample(page: Page, name: string): Promise<void> {
  await page.locator(`button:has(svg.text-pink-500):text-is("${name}")`).click()
}

/** Runs the operation in front, and waits for the status of its answer. */
export async function runOperation(page: Page): Promise<string> {
  // The page may still be asking for the schema.
  const answered = page.waitForResponse((response) => {
    const request = response.request()
    return request.method() === 'POST' && !request.postData()?.includes('__schema')
  })
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  const answer = await (await answered).text()
  await page.getByRole('tab', { name: 'Plan', exact: true }).waitFor()
  return answer
}

/** Turns to the drawn query plan of the answer, and returns the service named by each of its nodes. */
export async function showQueryPlan(page: Page): Promise<string[]> {
  await page.getByRole('tab', { name: 'Plan', exact: true }).click()
  const services = page.locator('span:text-is("Service") + span')
  await services.first().waitFor()
  return services.allInnerTexts()
}

/** What the tab with the trace shows, as its reader has it: a line for each row, its cells apart by ` | `. */
export type ShownTrace = { summary: string[]; fetches: string[]; fields: string[] }

/** Turns to the trace of the answer, and returns what it shows. */
export async function showTrace(page: Page): Promise<ShownTrace> {
  await page.getByRole('tab', { name: 'Trace' }).click()
  const trace = page.getByRole('region', { name: 'Trace' })
  await trace.locator('.fields').waitFor()
  const rowsOf = async (table: string) => {
    const rows = await trace.locator(`${table} tbody tr`).all()
    return Promise.all(
      rows.map(async (row) => (await row.locator('th, td').allInnerTexts()).map(onOneLine).join(' | ')),
    )
  }
  return {
    summary: await trace.locator('.summary > span').allInnerTexts(),
    fetches: await rowsOf('.time-line'),
    fields: await rowsOf('.fields'),
  }
}

const onOneLine = (text: string) => text.replaceAll(/\s+/g, ' ').trim()
