import { expect, test } from 'vitest'
import { machineTraces } from '../src/checks/repository.ts'

const here = '/builds/cartograph'

test.each([
  ['a home folder of Linux', ['', 'home', 'ada', 'shop'].join('/')],
  ['a home folder of macOS', ['', 'Users', 'ada', 'shop'].join('/')],
  ['a home folder of Windows', ['C:', 'Users', 'ada'].join('\\')],
  ['the folder of this checkout', `${here}/gateway`],
])('finds %s', (_, place) => {
  expect(machineTraces('a.ts', `// fine\nread('${place}/x')`, [here])).toEqual(['a.ts:2: names a path of one machine'])
})

const others = ['/var/lib/postgresql', 'https://example.com/home/page', '/users/:id/', 'root/main', 'a/home/b/c']

test.each(others)('lets %s be', (text) => {
  expect(machineTraces('a.ts', text, [here])).toEqual([])
})

test('a lockfile names no registry', () => {
  const lock = '  resolution: {tarball: https://registry.example/a.tgz}\n  deprecated: see https://example.com\n'
  expect(machineTraces('pnpm-lock.yaml', lock, [here])).toEqual(['pnpm-lock.yaml:1: names a registry host'])
})
