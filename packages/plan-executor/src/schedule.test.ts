import type { FetchNode, FlattenNode, PlanNode } from '@apollo/query-planner'
import { OperationTypeNode } from 'graphql'
import { expect, test } from 'vitest'
import { scheduledGroups } from './schedule.ts'

/** A fetch of entities, known by its operation; `root` is one that requires nothing. */
const fetch = (serviceName: string, name: string): FetchNode => ({
  kind: 'Fetch',
  serviceName,
  requires: [],
  operation: `query($representations:[_Any!]!){_entities(representations:$representations){...on T{${name}}}}`,
  operationName: name,
  operationKind: OperationTypeNode.QUERY,
})
const at = (path: string, node: PlanNode): FlattenNode => ({ kind: 'Flatten', path: path.split('.'), node })
const root = (serviceName: string): FetchNode => {
  const { requires: _, ...node } = fetch(serviceName, 'root')
  return node
}
const sequence = (...nodes: PlanNode[]): PlanNode => ({ kind: 'Sequence', nodes })
const parallel = (...nodes: PlanNode[]): PlanNode => ({ kind: 'Parallel', nodes })
const groupsOf = (plan: PlanNode) => scheduledGroups(plan).map((group) => group.map((node) => node.operationName))

test('fetches of a subgraph that begin at once are sent together, of different ones apart', () => {
  const plan = sequence(root('a'), parallel(at('x', fetch('b', 'b1')), at('y', fetch('b', 'b2')), fetch('c', 'c1')))
  expect(groupsOf(plan)).toEqual([['b1', 'b2'], ['c1']])
})

test('so are those of other branches that are as far', () => {
  const plan = parallel(
    sequence(root('a'), fetch('b', 'b1'), fetch('c', 'c1')),
    sequence(root('d'), fetch('b', 'b2'), fetch('c', 'c2')),
  )
  expect(groupsOf(plan)).toEqual([
    ['b1', 'b2'],
    ['c1', 'c2'],
  ])
})

test('a fetch that nothing comes after joins a later one beside it', () => {
  const plan = sequence(root('a'), parallel(fetch('b', 'last'), sequence(fetch('c', 'c1'), fetch('b', 'later'))))
  expect(groupsOf(plan)).toEqual([['last', 'later'], ['c1']])
})

test('one that others wait for does not', () => {
  const waitedFor = sequence(fetch('b', 'b1'), fetch('d', 'd1'))
  const plan = sequence(root('a'), parallel(waitedFor, sequence(fetch('c', 'c1'), fetch('b', 'b2'))))
  expect(groupsOf(plan)).toEqual([['b1'], ['b2'], ['d1'], ['c1']])
  const before = sequence(root('a'), parallel(fetch('b', 'b1'), fetch('c', 'c1')), fetch('b', 'b2'))
  expect(groupsOf(before)).toEqual([['b1'], ['b2'], ['c1']])
  const within = parallel(
    sequence(parallel(fetch('b', 'b1'), fetch('c', 'c1')), fetch('d', 'd1')),
    sequence(fetch('e', 'e1'), fetch('b', 'b2')),
  )
  expect(groupsOf(within)).toEqual([['b1'], ['b2'], ['c1'], ['d1'], ['e1']])
})

test('the branches of a condition are as far as each other', () => {
  const plan = sequence(
    root('a'),
    parallel(
      { kind: 'Condition', condition: 'v', ifClause: fetch('b', 'b1'), elseClause: fetch('b', 'b2') },
      fetch('b', 'b3'),
    ),
  )
  expect(groupsOf(plan)).toEqual([['b1', 'b2', 'b3']])
})

test('an operation with a directive of its own is sent alone', () => {
  const special = { ...fetch('b', 'b1'), operation: fetch('b', 'b1').operation.replace('{', ' @live{') }
  expect(groupsOf(sequence(root('a'), parallel(special, fetch('b', 'b2'))))).toEqual([['b2']])
})
