import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { root } from '@cartograph/local-stack'
import { expect, test } from 'vitest'

const page = readFileSync(path.join(root, 'docs/asvs.md'), 'utf8')

const folders: Record<string, string> = {
  users: 'subgraphs/users/test',
  gateway: 'gateway/src',
  trust: 'e2e/trust',
  viewer: 'packages/viewer/src',
}

/** How many requirements of levels 1 and 2 each section of ASVS 5.0 has, counted in its chapters V6 to V9. */
const requirements: Record<string, number> = {
  '6.1': 3,
  '6.2': 12,
  '6.3': 4,
  '6.4': 4,
  '6.5': 5,
  '6.6': 3,
  '6.8': 4,
  '7.1': 3,
  '7.2': 4,
  '7.3': 2,
  '7.4': 5,
  '7.5': 2,
  '7.6': 2,
  '8.1': 2,
  '8.2': 3,
  '8.3': 1,
  '8.4': 1,
  '9.1': 3,
  '9.2': 4,
}

test('every requirement of levels 1 and 2 has a row', () => {
  const numbers = [...page.matchAll(/^\| (\d+\.\d+\.\d+[^|]*?) \|/gm)].flatMap(([, cell]) => {
    const [first, last] = cell!.split(' to ').map((number) => number.split('.').map(Number))
    if (!first || !last) return cell!.split(', ')
    return Array.from({ length: last[2]! - first[2]! + 1 }, (_, at) => `${first[0]}.${first[1]}.${first[2]! + at}`)
  })
  const expected = Object.entries(requirements).flatMap(([section, count]) =>
    Array.from({ length: count }, (_, at) => `${section}.${at + 1}`),
  )
  expect(numbers).toEqual(expected)
})

test('every test and page that is named is there', () => {
  const tests = [...page.matchAll(/`(\w+)\/([\w./-]+\.test\.ts)`/g)].map(
    ([, folder, file]) => `${folders[folder!] ?? folder}/${file}`,
  )
  const links = [...page.matchAll(/\]\(((?!http)[^)]+)\)/g)].map(([, link]) => `docs/${link}`)
  expect(tests.length).toBeGreaterThan(40)
  expect([...tests, ...links].filter((file) => !existsSync(path.join(root, file)))).toEqual([])
})
