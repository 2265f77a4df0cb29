import { Kind, parse } from 'graphql'
import { expect, test } from 'vitest'
import { completesCheckout, mayCompleteCheckout } from './completes-checkout.ts'

const completes = (source: string) => {
  const document = parse(source)
  return completesCheckout(
    document,
    document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION)!,
  )
}

test('a field that completes a checkout counts at the root, by its name and wherever it is spread', () => {
  expect(completes('mutation { checkoutComplete { checkout { id } } }')).toBe(true)
  expect(completes('mutation { done: checkoutContinue { checkout { id } } }')).toBe(true)
  expect(
    completes(
      'mutation { cartCreate { cart { id } } ...{ ...F } } fragment F on M { ...G } fragment G on M { checkoutContinue }',
    ),
  ).toBe(true)
  expect(completes('mutation { checkoutComplete: cartCreate { checkoutComplete } }')).toBe(false)
  expect(completes('{ viewer { id } ...F } fragment F on Q { ...F } fragment G on M { checkoutComplete }')).toBe(false)
})

test('before a document is parsed it may complete one where it holds the name, or is named by its id or hash', () => {
  expect(mayCompleteCheckout({ query: 'mutation { checkoutComplete { checkout { id } } }' })).toBe(true)
  expect(mayCompleteCheckout({ query: '# checkoutComplete\n{ viewer { id } }' })).toBe(true)
  expect(mayCompleteCheckout({ documentId: 'sha256:0' })).toBe(true)
  expect(mayCompleteCheckout({ extensions: { persistedQuery: { sha256Hash: 'x' } } })).toBe(true)
  for (const body of [{ query: '{ viewer { id } }' }, {}, null, undefined, 'checkoutComplete', ['checkoutComplete']])
    expect(mayCompleteCheckout(body)).toBe(false)
})
