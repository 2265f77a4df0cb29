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
  await page.getByRole('tab', { name: 'Query Plan' }).waitFor()
  return answer
}

/** Turns to the drawn query plan of the answer, and returns the service named by each of its nodes. */
export async function showQueryPlan(page: Page): Promise<string[]> {
  await page.getByRole('tab', { name: 'Query Plan' }).click()
  const services = page.locator('span:text-is("Service") + span')
  await services.first().waitFor()
  return services.allInnerTexts()
}
