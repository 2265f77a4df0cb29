import { buildSchema, coerceInputValue, type GraphQLInputType } from 'graphql'
import { expect, test } from 'vitest'
import { withoutSuggestions } from './without-suggestions.ts'

test('takes from a message what GraphQL suggests, and from those of others nothing', () => {
  const type = buildSchema('enum Sort { NEWEST NEXT }').getType('Sort') as GraphQLInputType
  let message = ''
  coerceInputValue('NEWST', type, (_path, _value, error) => void ({ message } = error))
  expect(message).toBe('Value "NEWST" does not exist in "Sort" enum. Did you mean the enum value "NEWEST" or "NEXT"?')
  const error = (code: string) => ({ message, extensions: { code } })
  expect(withoutSuggestions(error('BAD_USER_INPUT'))).toEqual({
    message: 'Value "NEWST" does not exist in "Sort" enum.',
    extensions: { code: 'BAD_USER_INPUT' },
  })
  expect(withoutSuggestions(error('NOT_FOUND'))).toEqual(error('NOT_FOUND'))
})
