import { setImmediate } from 'node:timers/promises'
import { guestClaims, type ViewerClaims } from '@cartograph/viewer'
import { buildSchema, GraphQLError, type OperationDefinitionNode, parse } from 'graphql'
import { beforeEach, describe, expect, test } from 'vitest'
import type { GatewayContext } from '../context.ts'
import { RequestLifetime } from '../subgraphs/request-lifetime.ts'
import { SharedAnswers } from './shared-answers.ts'

type Gateway = Parameters<SharedAnswers['around']>[0]
type Executor = NonNullable<Awaited<ReturnType<Gateway['load']>>['executor']>
type Execution = Parameters<Executor>[0]
type Answer = Awaited<ReturnType<Executor>>

/** An execution that was begun, to be ended by the test. */
interface Begun {
  readonly lifetime: RequestLifetime
  readonly end: PromiseWithResolvers<Answer>
}

const schema = buildSchema('type Query { a: Int } type Mutation { b: Int }')
let begun: Begun[]
let execute: Executor
beforeEach(async () => {
  begun = []
  const gateway = {
    load: async () => ({
      executor: (execution: Execution) => {
        const end = Promise.withResolvers<Answer>()
        begun.push({ lifetime: (execution.context as GatewayContext).lifetime, end })
        return end.promise
      },
    }),
    onSchemaLoadOrUpdate: () => () => {},
    stop: async () => {},
  }
  const { executor } = await new SharedAnswers(5_000).around(gateway).load({ apollo: {} })
  execute = executor!
})

interface Asking {
  readonly query?: string
  readonly operationName?: string
  readonly variables?: Record<string, unknown>
  readonly claims?: ViewerClaims
  readonly wantsInsight?: boolean
  readonly schema?: typeof schema
}

/** A client who asks, and may leave. */
function ask({
  query = '{ a }',
  operationName,
  variables,
  claims = guestClaims('id'),
  wantsInsight = false,
  ...of
}: Asking = {}) {
  const lifetime = new RequestLifetime(5_000)
  const answer = execute({
    schema: of.schema ?? schema,
    queryHash: query,
    operationName: operationName ?? null,
    operation: parse(query).definitions[0] as OperationDefinitionNode,
    request: { query, variables },
    context: { claims, lifetime, wantsInsight },
  } as unknown as Execution)
  answer.catch(() => {})
  return { answer, leave: () => lifetime.abandon() }
}

const signedIn: ViewerClaims = { ...guestClaims('id'), kind: 'user', id: 'user-1' }

describe('strangers who ask for the same at the same time', () => {
  test('get the answer of one execution; who asks after it gets one of their own', async () => {
    const asking = [ask(), ask(), ask()]
    expect(begun).toHaveLength(1)
    begun[0]!.end.resolve({ data: { a: 1 } })
    expect(await Promise.all(asking.map(({ answer }) => answer))).toEqual([1, 1, 1].map((a) => ({ data: { a } })))
    ask()
    expect(begun).toHaveLength(2)
  })

  test('get the same errors, answered or thrown', async () => {
    const answered = [ask(), ask()]
    const errors = [new GraphQLError('The service is unavailable.')]
    begun[0]!.end.resolve({ data: null, errors })
    for (const { answer } of answered) expect(await answer).toEqual({ data: null, errors })
    const thrown = [ask(), ask()]
    expect(begun).toHaveLength(2)
    begun[1]!.end.reject(new Error('cannot be planned'))
    for (const { answer } of thrown) await expect(answer).rejects.toThrow('cannot be planned')
    ask()
    expect(begun).toHaveLength(3)
  })

  test.each<[string, Asking, Asking]>([
    ['another query', {}, { query: '{ b: a }' }],
    ['another operation of the document', { operationName: 'A' }, { operationName: 'B' }],
    ['other variables', { variables: { x: 1 } }, { variables: { x: 2 } }],
    ['a schema that has replaced theirs', {}, { schema: buildSchema('type Query { a: Int }') }],
  ])('share nothing with who asks for %s', (_, one, other) => {
    ask(one)
    ask(other)
    expect(begun).toHaveLength(2)
    ask(one)
    ask(other)
    expect(begun).toHaveLength(2)
  })
})

test.each<[string, Asking]>([
  ['who is signed in', { claims: signedIn }],
  ['a partner', { claims: { ...signedIn, kind: 'partner' } }],
  ['a service', { claims: { ...signedIn, kind: 'service' } }],
  ['a guest with a cart', { claims: guestClaims('id', 'cart-token') }],
  ['a mutation', { query: 'mutation { b }' }],
  ['who wants to see the plan', { wantsInsight: true }],
])('%s shares with nobody, not even with themselves', (_, asking) => {
  ask()
  ask(asking)
  ask(asking)
  expect(begun).toHaveLength(3)
})

describe('a shared execution', () => {
  test('goes on when the one who began it leaves, and is given up when the last one does', async () => {
    const [first, second, third] = [ask(), ask(), ask()]
    const { lifetime, end } = begun[0]!
    first.leave()
    third.leave()
    expect(lifetime.isAbandoned).toBe(false)
    second.leave()
    expect(lifetime.isAbandoned).toBe(true)
    end.resolve({ data: null })
    expect(await second.answer).toEqual({ data: null })
  })

  test('is not joined once it is given up, and its end does not end the one that took its place', async () => {
    ask().leave()
    const late = ask()
    expect(begun).toHaveLength(2)
    expect(begun[1]!.lifetime.isAbandoned).toBe(false)
    begun[0]!.end.resolve({ data: null })
    await setImmediate()
    const later = ask()
    expect(begun).toHaveLength(2)
    begun[1]!.end.resolve({ data: { a: 1 } })
    expect(await Promise.all([late.answer, later.answer])).toEqual([{ data: { a: 1 } }, { data: { a: 1 } }])
  })

  test('is not given up by a client who leaves after their answer', async () => {
    const [first, second] = [ask(), ask()]
    begun[0]!.end.resolve({ data: { a: 1 } })
    await Promise.all([first.answer, second.answer])
    first.leave()
    second.leave()
    expect(begun[0]!.lifetime.isAbandoned).toBe(false)
  })
})
