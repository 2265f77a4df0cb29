import { describe, expect, test } from 'vitest'
import { toHiveQueryPlan } from './hive-query-plan.ts'

const fetchFrom = (serviceName: string) => ({ kind: 'Fetch', serviceName, operation: '{ a }' })
const convert = (node: unknown) => toHiveQueryPlan({ kind: 'QueryPlan', node })?.node

describe('toHiveQueryPlan', () => {
  test('gives each segment of a path the form that Hive has for it', () => {
    const flatten = {
      kind: 'Flatten',
      path: ['products', '@', 0, 'media|[Book,Film]', '@|[Shop]'],
      node: fetchFrom('a'),
    }
    expect(convert(flatten)).toEqual({
      kind: 'Flatten',
      path: [
        { Field: 'products' },
        '@',
        { Field: '0' },
        { Field: 'media' },
        { TypeCondition: ['Book', 'Film'] },
        '@',
        { TypeCondition: ['Shop'] },
      ],
      node: fetchFrom('a'),
    })
  })

  test('keeps of a fetch what Hive knows, and leaves out what is missing', () => {
    const rewrites = [{ kind: 'ValueSetter', path: ['... on Book', '__typename'], setValueTo: 'Product' }]
    const converted = convert({
      ...fetchFrom('stock'),
      operationName: undefined,
      operationKind: 'query',
      operationDocumentNode: { kind: 'Document' },
      variableUsages: ['first'],
      inputRewrites: rewrites,
      outputRewrites: [{ kind: 'KeyRenamer', path: ['a'], renameKeyTo: 'b' }],
      id: 0,
    })
    expect(converted).toEqual({
      ...fetchFrom('stock'),
      operationKind: 'query',
      variableUsages: ['first'],
      inputRewrites: [{ path: [{ TypenameEquals: ['Book'] }, { Key: '__typename' }], setValueTo: 'Product' }],
      outputRewrites: [{ path: [{ Key: 'a' }], renameKeyTo: 'b' }],
    })
  })

  test('writes what a fetch requires below a field into the name of the field', () => {
    const field = (name: string, ...selections: unknown[]) => ({
      kind: 'Field',
      name,
      ...(selections.length ? { selections } : {}),
    })
    const on = (typeCondition: string, ...selections: unknown[]) => ({
      kind: 'InlineFragment',
      typeCondition,
      selections,
    })
    const requires = [
      on('Product', field('id'), field('size', field('width'), on('Box', field('depth'))), on('Book', field('isbn'))),
    ]
    expect(convert({ ...fetchFrom('shipping'), requires })).toMatchObject({
      requires: [on('Product', field('id'), field('size { width ... on Box { depth } }')), on('Book', field('isbn'))],
    })
  })

  test('flattens a sequence within a sequence, of which the laboratory would lose steps', () => {
    const inner = {
      kind: 'Sequence',
      nodes: [fetchFrom('b'), { kind: 'Parallel', nodes: [fetchFrom('c'), fetchFrom('d')] }],
    }
    expect(convert({ kind: 'Sequence', nodes: [fetchFrom('a'), inner] })).toEqual({
      kind: 'Sequence',
      nodes: [fetchFrom('a'), fetchFrom('b'), { kind: 'Parallel', nodes: [fetchFrom('c'), fetchFrom('d')] }],
    })
  })

  test('puts both sides of a condition, and each step below it, where the laboratory draws them', () => {
    const ifClause = { kind: 'Sequence', nodes: [fetchFrom('a'), fetchFrom('b')] }
    const including = (serviceName: string) => ({
      kind: 'Condition',
      condition: 'full',
      ifClause: fetchFrom(serviceName),
    })
    expect(convert({ kind: 'Condition', condition: 'full', ifClause, elseClause: fetchFrom('c') })).toEqual({
      kind: 'Parallel',
      nodes: [
        { kind: 'Sequence', nodes: [including('a'), including('b')] },
        { kind: 'Condition', condition: 'full', elseClause: fetchFrom('c') },
      ],
    })
  })

  test('keeps what follows a subscription, and both parts of a defer', () => {
    expect(convert({ kind: 'Subscription', primary: fetchFrom('a'), rest: fetchFrom('b') })).toEqual({
      kind: 'Subscription',
      primary: { kind: 'Sequence', nodes: [fetchFrom('a'), fetchFrom('b')] },
    })
    const deferred = [
      { depends: [{ id: '0' }], label: 'slow', queryPath: ['a'], subselection: '{ b }', node: fetchFrom('b') },
    ]
    expect(
      convert({ kind: 'Defer', primary: { subselection: '{ a }', node: fetchFrom('a') }, deferred }),
    ).toMatchObject({
      kind: 'Defer',
      primary: { subselection: '{ a }', node: fetchFrom('a') },
      deferred: [{ label: 'slow', queryPath: ['a'], depends: [{ id: '0', deferLabel: null }], node: fetchFrom('b') }],
    })
  })

  test('takes a plan without steps for an empty one, and anything else for none', () => {
    expect(toHiveQueryPlan({ kind: 'QueryPlan' })).toEqual({ kind: 'QueryPlan', node: null })
    for (const value of [null, undefined, 'QueryPlan', [], fetchFrom('a')]) expect(toHiveQueryPlan(value)).toBeNull()
  })
})
