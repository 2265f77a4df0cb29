import {
  launchBrowser,
  listExamples,
  openExample,
  openPage,
  openPlayground,
  runOperation,
  showQueryPlan,
  showTrace,
} from '@cartograph/playground/testing'
import { expect, inject, test } from 'vitest'

test(
  'a browser explores the supergraph offline: examples, an answer, its plan drawn, its trace',
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

    const { summary, fetches, fields } = await showTrace(page)
    expect(fetches.map((row) => row.split(' ')[0])).toEqual(['gateway', 'recommendations', 'products', 'inventory'])
    // Three lists of products became one fetch.
    expect(fetches[2]).toContain(
      'products trending.edges[].node trending.edges[].node.boughtTogether.edges[].node trending.edges[].node.similar.edges[].node',
    )
    expect(summary[0]).toMatch(/^3 fetches in /)
    expect(summary.at(-1)).toBe('cost 94 of 5,000')
    expect(fields).toEqual(
      expect.arrayContaining([
        'Query.trending | recommendations | –',
        'Product.title | products | –',
        'ProductVariant.availability | inventory | –',
      ]),
    )

    await openExample(page, 'SignIn')
    await runOperation(page)
    const { fields: ofSignIn } = await showTrace(page)
    expect(ofSignIn).toContain('Mutation.sessionCreate | users | –')
    expect(ofSignIn).toContain('User.email | users | signed in not granted')
    expect(errors).toEqual([])
    expect(browser.outsideRequests).toEqual([])
  },
)
