import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { root } from '@cartograph/local-stack'
import { expect, test } from 'vitest'
import { exampleOperation } from '../src/shop-client.ts'

const withoutMargin = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .join('\n')

test('the README shows the query that is tested', () => {
  const [, shown] = /```graphql\n([\s\S]+?)```/.exec(readFileSync(path.join(root, 'README.md'), 'utf8'))!
  expect(withoutMargin(shown!)).toBe(withoutMargin(exampleOperation('1-everything.graphql')))
})

test('the README names every command there is, and no other', () => {
  const { scripts } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>
  }
  const named = readFileSync(path.join(root, 'README.md'), 'utf8')
    .match(/`pnpm (\w+)/g)!
    .map((match) => match.slice('`pnpm '.length))
  expect(new Set(named)).toEqual(new Set(Object.keys(scripts)))
})

test.each(['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md'])('every file that %s links to is there', (page) => {
  const links = [...readFileSync(path.join(root, page), 'utf8').matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(
    ([, target]) => target!,
  )
  expect(links.filter((link) => !existsSync(path.join(root, link)))).toEqual([])
})
