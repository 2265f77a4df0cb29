import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { graphqlCopChecks } from '../src/graphql-cop.ts'
import { type LoneGateway, startLoneGateway } from '../src/lone-gateway.ts'

let gateway: LoneGateway
beforeAll(async () => {
  gateway = await startLoneGateway()
})
afterAll(() => gateway[Symbol.asyncDispose]())

test.each(graphqlCopChecks)('$title: nothing is found in production', async ({ find }) => {
  expect(await find(gateway.url)).toBe(false)
})

test('in development the same checks find what developers want', async () => {
  const found = []
  for (const { title, find } of graphqlCopChecks) if (await find(inject('sharedShop').url)) found.push(title)
  expect(found).toEqual(['Field Suggestions', 'Introspection'])
})
