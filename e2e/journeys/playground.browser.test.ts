import {
  launchBrowser,
  listExamples,
  openExample,
  openPage,
  openPlayground,
  runOperation,
  showQueryPlan,
} from '@cartograph/playground/testing'
import { expect, inject, test } from 'vitest'

test(
  'a browser explores the supergraph offline: examples, an answer, and its plan drawn',
  { timeout: 90_000 },
  async (context) => {
    await using browser = await launchBrowser()
    if (!browser) {
      console.log('skipped: the playground in a browser (there is no Chromium for this platform)')
      context.skip()
      return
    }
    const { page, errors } = await openPage(browser.browser)
    await openPlayground(page, inject('sharedShop').url)
    expect(await listExamples(page)).toEqual([
      'Everything',
      'Search',
      'Trending',
      'SignIn',
      'GuestCart',
      'CartToBuy',
      'Quote',
      'Buy',
    ])
    await openExample(page, 'Trending')
    const answer = await runOperation(page)
    expect(answer).toContain('boughtTogether')
    expect(new Set(await showQueryPlan(page))).toEqual(new Set(['recommendations', 'products', 'inventory']))
    expect(errors).toEqual([])
    expect(browser.outsideRequests).toEqual([])
  },
)
