import { expect, test } from 'vitest'
import { runCommandLine } from '../src/command.ts'
import { startThrowAwayStack } from '../src/demo-stack.ts'
import { rowsOf } from '../src/sql.ts'

test('pnpm recommendations lists the models, and rolls back to one', { timeout: 120_000 }, async () => {
  await using shop = await startThrowAwayStack(async () => {})
  const sql = <Row extends object>(text: string) =>
    rowsOf<Row>(shop.postgres.superuserUrl('postgres'), 'recommendations', text)
  const recommendations = async (args: string[], code = 0) => {
    const command = runCommandLine(['recommendations', ...args])
    expect(await command.ended, command.output()).toBe(code)
    return command.output()
  }
  const ofShop = ['--data-dir', shop.dataDir]
  const inUse = async () =>
    (await sql<{ version: number }>('select version from model_in_use')).map((row) => row.version)

  expect(await recommendations(['models', ...ofShop])).toContain('There are no models')
  await sql(`insert into model (fitted_at, orders, products, parameters)
    values ('2026-11-24T10:00:00Z', 12, 3, '{}'), ('2026-11-25T10:00:00Z', 345, 6, '{}')`)
  await sql('insert into model_in_use (version) values (2)')
  expect(
    (await recommendations(['models', ...ofShop]))
      .trim()
      .split('\n')
      .map((line) => line.trim()),
  ).toEqual([
    'version  fitted                    orders  products',
    '2        2026-11-25T10:00:00.000Z  345     6         in use',
    '1        2026-11-24T10:00:00.000Z  12      3',
  ])
  expect(await recommendations(['rollback', ...ofShop])).toContain('Model 1 is in use.')
  expect(await inUse()).toEqual([1])
  const ofDatabase = ['--database-url', shop.urlOf('recommendations')]
  expect(await recommendations(['rollback', '2', ...ofDatabase])).toContain('Model 2 is in use.')
  expect(await recommendations(['models', ...ofDatabase])).toMatch(/^ {2}2 .* in use$/m)
  expect(await inUse()).toEqual([2])

  for (const [args, complaint] of [
    [['rollback', '404', ...ofShop], 'There is no model 404'],
    [['rollback', 'newest', ...ofShop], 'A version is a whole number, not "newest".'],
    [['forget', ...ofShop], 'There is no "forget". Usage: pnpm recommendations'],
    [['models', '2', ...ofShop], 'That is too much for "models".'],
    [['models', ...ofShop, ...ofDatabase], 'Give --data-dir or --database-url, not both.'],
  ] as const) {
    expect(await recommendations([...args], 1)).toContain(complaint)
  }
  expect(await inUse()).toEqual([2])

  await shop.stop()
  expect(await recommendations(['rollback', ...ofShop])).toContain('Model 1 is in use.')
  expect(await recommendations(['models', ...ofShop])).toMatch(/^ {2}1 .* in use$/m)
})
