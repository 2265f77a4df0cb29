import { Refused } from '@cartograph/error-catalogue'
import { describe, expect, test } from 'vitest'
import { checkInteractions } from './check-interactions.ts'
import type { Interaction } from './interaction.ts'

const now = new Date('2026-11-26T12:00:00.000Z')
const event = (changes: Partial<Interaction> = {}): Interaction => ({
  eventId: 'e1',
  productId: '00000000-0000-4000-8000-000000000001',
  type: 'VIEW',
  at: now,
  ...changes,
})
const refusalsOf = (...events: Interaction[]) => {
  try {
    checkInteractions(events, now)
    return []
  } catch (error) {
    return (error as Refused).userErrors.map(({ code, path }) => [code, path?.join('.')])
  }
}
const after = (ms: number) => new Date(now.getTime() + ms)
const monthMs = 30 * 86_400_000

describe('checkInteractions', () => {
  test.each([
    ['one', [event()]],
    ['a hundred', Array.from({ length: 100 }, (_, index) => event({ eventId: `e${index}` }))],
    ['an id of 64 characters', [event({ eventId: 'x'.repeat(64) })]],
    ['an id of 64 characters beyond UTF-16', [event({ eventId: '🫖'.repeat(64) })]],
    ['a clock that is a minute fast', [event({ at: after(60_000) })]],
    ['what is 30 days ago', [event({ at: after(-monthMs) })]],
  ])('takes %s', (_name, events) => expect(refusalsOf(...events)).toEqual([]))

  test.each([
    ['none', [], 'events'],
    ['a hundred and one', Array.from({ length: 101 }, () => event()), 'events'],
    ['an empty id', [event(), event({ eventId: '' })], 'events.1.eventId'],
    ['an id of 65 characters', [event({ eventId: 'x'.repeat(65) })], 'events.0.eventId'],
    ['an id with a NUL', [event({ eventId: 'a\u0000b' })], 'events.0.eventId'],
    ['what is to come', [event({ at: after(60_001) })], 'events.0.at'],
    ['what is more than 30 days ago', [event({ at: after(-monthMs - 1) })], 'events.0.at'],
  ])('refuses %s', (_name, events, path) => expect(refusalsOf(...events)).toEqual([['INVALID_INPUT', path]]))

  test('names all that is wrong', () => {
    expect(refusalsOf(event({ eventId: '', at: after(120_000) }), event({ at: after(-2 * monthMs) }))).toEqual([
      ['INVALID_INPUT', 'events.0.eventId'],
      ['INVALID_INPUT', 'events.0.at'],
      ['INVALID_INPUT', 'events.1.at'],
    ])
  })
})
