import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { root } from '@cartograph/local-stack'
import { expect, test } from 'vitest'
import { crashSites } from './enumerate.ts'

/** The names that services give to crash points, as patterns: what is computed may be anything. */
function namedInSources(): RegExp[] {
  const files = globSync('{packages,subgraphs}/*/src/**/*.ts', { cwd: root, exclude: ['**/node_modules/**'] })
  return files
    .filter((file) => !file.endsWith('.test.ts') && !file.endsWith('crash-point.ts'))
    .flatMap((file) => [...readFileSync(path.join(root, file), 'utf8').matchAll(/crashPoint\(['`]([^'`]+)['`]\)/g)])
    .map(([, name]) => new RegExp(`^${name!.replaceAll('.', '\\.').replaceAll(/\$\{[^}]+\}/g, '.+')}$`))
}

/** The shop of this program has no partners; subgraphs/partners/test/webhook-crash.int.test.ts dies there. */
const isOfWebhooks = (pattern: RegExp) => pattern.source.startsWith('^webhook ')

test('every crash point of the services is walked through, and no other', () => {
  const sources = namedInSources().filter((pattern) => !isOfWebhooks(pattern))
  const walked = crashSites.map(({ point }) => point)
  expect(sources.filter((pattern) => !walked.some((point) => pattern.test(point)))).toEqual([])
  expect(walked.filter((point) => !sources.some((pattern) => pattern.test(point)))).toEqual([])
})

test('every step of a checkout has its points, and every effect of a message', () => {
  const walked = new Set(crashSites.map(({ point }) => point))
  const files = globSync('subgraphs/orders/src/checkout/steps/*.ts', { cwd: root })
  const states = files.map((file) => /^ {2}to: '([A-Z_]+)',$/m.exec(readFileSync(path.join(root, file), 'utf8'))![1]!)
  expect(states.length).toBeGreaterThan(3)
  for (const state of states) {
    for (const moment of ['before effect', 'after effect', 'recorded']) expect(walked).toContain(`${state} ${moment}`)
  }
  const contracts = ['commands', 'events'].map((name) =>
    readFileSync(path.join(root, `packages/contracts/src/${name}.ts`), 'utf8'),
  )
  const messages = contracts.flatMap((text) => [...text.matchAll(/^ {2}name: '([\w.-]+)'/gm)].map(([, name]) => name!))
  // A gateway has nothing to commit of what it is told, and where there are no partners nobody tells of their usage.
  const unwritten = ['users.sessions-ended.v1', 'partners.partner-changed.v1', 'partners.record-usage.v1']
  const received = messages.filter((name) => !unwritten.includes(name))
  expect(received.length).toBeGreaterThan(8)
  for (const name of received) {
    for (const moment of ['before commit', 'before answer']) expect(walked).toContain(`${name} ${moment}`)
  }
})
