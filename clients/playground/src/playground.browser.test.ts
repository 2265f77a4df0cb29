import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { buildPlaygroundAssets } from './build-assets.ts'
import { EXAMPLES, type ExampleServer, startExampleServer } from './testing/example-server.ts'
import { launchBrowser, type LaunchedBrowser, openPage } from './testing/launch-browser.ts'
import {
  listExamples,
  listTabs,
  openExample,
  openPlayground,
  runOperation,
  showQueryPlan,
  showTrace,
} from './testing/playground-driver.ts'

const launched = await launchBrowser()

describe.skipIf(launched === null)('the playground in a browser', { timeout: 30_000 }, () => {
  const { browser, outsideRequests } = launched as LaunchedBrowser
  let assetsDir: string
  let server: ExampleServer
  let page: Page
  let errors: string[]
  let consoleErrors: string[]

  beforeAll(async () => {
    assetsDir = await mkdtemp(join(tmpdir(), 'playground-'))
    await buildPlaygroundAssets(assetsDir)
    server = await startExampleServer({ assetsDir, requestHeaders: { 'x-from': 'playground' } })
    ;({ page, errors, consoleErrors } = await openPage(browser))
    await openPlayground(page, `${server.url}/graphql`)
  }, 60_000)

  afterAll(async () => {
    await launched?.[Symbol.asyncDispose]()
    await server?.[Symbol.asyncDispose]()
    await rm(assetsDir, { recursive: true, force: true })
  })

  const names = EXAMPLES.map(({ name }) => name)

  test('has the examples on offer and open in tabs', async () => {
    expect(await page.title()).toBe('Example shop')
    expect(await listExamples(page)).toEqual(names)
    expect(await listTabs(page)).toEqual(names)
  })

  test('runs an example and shows the answer', async () => {
    await runOperation(page)
    await page.getByText('"Lamp 3"').waitFor()
  })

  test('draws the query plan, each step once and with its service', async () => {
    expect((await showQueryPlan(page)).sort()).toEqual(['inventory', 'products', 'reviews'])
    await page.getByText('if: $withReviews').waitFor()
  })

  test('shows each fetch on a time line, the cost, and who owns each field and may see it', async () => {
    expect(await showTrace(page)).toEqual({
      summary: [
        '3 fetches in 48 ms',
        '6 rows',
        '1.2 kB sent',
        '4.7 kB received',
        '1 retry',
        '1 failed',
        'cost 48 of 5,000',
      ],
      fetches: [
        'gateway plans |  |  |  | 2.4 ms',
        'products root fields | – | 130 B | 4.1 kB | 12 ms',
        'inventory 1 retry products[] viewer.cart.lines[].product | 3 | 520 B | 612 B | 22 ms',
        'reviews failed: SUBGRAPH_TIMEOUT products[] | 3 | 520 B | 0 B | 32 ms',
      ],
      fields: [
        'Query.products | products | –',
        'Product.id | inventory, products, reviews | –',
        'Product.priceCents | products | signed in granted',
        'Product.inStock | inventory | inventory:read, or orders:read and orders:write not granted',
      ],
    })
    const inventory = page.getByRole('img', { name: 'from 15 ms to 37 ms' })
    const lane = (await inventory.boundingBox())!
    const bar = (await inventory.locator('.bar').boundingBox())!
    expect((bar.x - lane.x) / lane.width).toBeCloseTo(15.4 / 48.2, 2)
    expect(bar.width / lane.width).toBeCloseTo(21.6 / 48.2, 2)
  })

  test('sends the headers of an operation, which its editor shows, and those of the page', async () => {
    await openExample(page, 'WhoAmI')
    await page.getByText('"authorization"').waitFor()
    await runOperation(page)
    await page.getByText('"Bearer paste-your-token-here"').last().waitFor()
    expect(server.requests.at(-1)?.headers).toMatchObject({
      authorization: 'Bearer paste-your-token-here',
      'x-from': 'playground',
    })
    await openExample(page, 'ProductsWithStock')
    await runOperation(page)
    await page.getByText('"Lamp 3"').waitFor()
  })

  test('keeps what a visitor did, and does not open again what they closed', async () => {
    await page.locator('[aria-roledescription="sortable"]', { hasText: 'WhoAmI' }).locator('svg').last().click()
    await openPlayground(page, `${server.url}/graphql`)
    expect(await listTabs(page)).toEqual(['ProductsWithStock'])
    expect(await listExamples(page)).toEqual(names)
  })

  test('gives a returning visitor the new examples, and leaves their tabs alone', async () => {
    const { port } = new URL(server.url)
    await server[Symbol.asyncDispose]()
    const operations = [{ name: 'Newest', query: '{ products { id } }' }]
    server = await startExampleServer({ assetsDir, operations }, Number(port))
    await openPlayground(page, `${server.url}/graphql`)
    await page.getByRole('button', { name: 'Examples' }).click()
    expect(await listExamples(page)).toEqual(['Newest'])
    expect(await listTabs(page)).toEqual(['ProductsWithStock'])
  })

  test('asks no host but its own for anything, and makes no error', async () => {
    // Left to itself the laboratory would ask for the schema every five seconds.
    await page.waitForTimeout(6_000)
    expect(server.requests).toHaveLength(1)
    expect(outsideRequests).toEqual([])
    expect(errors).toEqual([])
    expect(consoleErrors).toEqual([])
  })
})
