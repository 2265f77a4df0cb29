import { describe, expect, test } from 'vitest'
import { auditCases } from './audit-cases.ts'
import { foundCases } from './found-cases.ts'
import { judge } from './judge.ts'

const cases = [...auditCases, ...foundCases]

describe('ours is right or refuses', () => {
  test.each(cases.filter(({ ours }) => ours !== 'wrong'))('$name', async (known) => {
    expect(await judge(known)).toEqual({ stock: known.stock, ours: known.ours })
  })
})

describe('ours follows a plan that is wrong, and nobody was seen to need it', () => {
  test.each(cases.filter(({ ours }) => ours === 'wrong'))('$name', async (known) => {
    expect(await judge(known)).toEqual({ stock: known.stock, ours: known.ours })
  })
})
