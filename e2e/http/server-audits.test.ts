import { serverAudits } from 'graphql-http'
import { expect, inject, test } from 'vitest'

test('the GraphQL over HTTP audits find no error, and at least 55 of 61 are ok', async () => {
  const audits = serverAudits({ url: inject('sharedShop').url, fetchFn: fetch })
  const results = []
  for (const audit of audits) results.push(await audit.fn())
  const failing = results.filter((result) => result.status !== 'ok').map((result) => `${result.status}: ${result.name}`)
  console.log(
    `graphql-http: ${results.length - failing.length} of ${results.length} audits ok${failing.map((line) => `\n  ${line}`).join('')}`,
  )
  expect(results).toHaveLength(61)
  expect(results.filter((result) => result.status === 'error')).toEqual([])
  expect(results.filter((result) => result.status === 'ok').length).toBeGreaterThanOrEqual(55)
})
