import path from 'node:path'
import { root } from '@cartograph/local-stack'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { matrixPage } from '../src/permission-matrix/matrix-page.ts'
import { type MatrixShop, startMatrixShop } from '../src/permission-matrix/matrix-shop.ts'
import { type Matrix, runMatrix } from '../src/permission-matrix/run-matrix.ts'

let shop: MatrixShop
let matrix: Matrix
beforeAll(async () => {
  shop = await startMatrixShop()
  matrix = await runMatrix(shop)
}, 300_000)
afterAll(() => shop[Symbol.asyncDispose]())

const columnOf = (viewer: string) => {
  const column = matrix.viewers.indexOf(viewer)
  return matrix.rows.map(({ row, cells }) => ({ ...row, ...cells[column]! }))
}

test('every cell is what the reviewed table says', async () => {
  expect(matrix.rows.length).toBeGreaterThan(100)
  await expect(matrixPage(matrix)).toMatchFileSnapshot(path.join(root, 'docs/permissions.md'))
})

test('every field is given to somebody, by both doors: a row of refusals would show nothing', () => {
  const nobodys = matrix.rows
    .filter(
      ({ cells }) =>
        !cells.some(({ gateway }) => gateway === 'yes') ||
        !cells.some(({ subgraph }) => subgraph === null || subgraph === 'yes'),
    )
    .map(({ row }) => row.coordinate)
  // Its own tests show what it does; here it would leave nobody to ask as.
  expect(nobodys).toEqual(['Mutation.accountDelete'])
})

test('nothing is given to a stale or forged identity, by either door', () => {
  for (const viewer of ['stale', 'forged'])
    expect(
      columnOf(viewer).filter(({ gateway, subgraph }) =>
        [gateway, subgraph].some((outcome) => outcome !== '401' && outcome !== null),
      ),
    ).toEqual([])
})

test('the gateway gives nobody what the subgraph would refuse them', () => {
  const wider = matrix.rows.flatMap(({ row, cells }) =>
    cells.flatMap(({ gateway, subgraph }, at) =>
      // An id is what was asked with: the gateway says it back, and asks nobody.
      gateway === 'yes' && subgraph !== null && subgraph !== 'yes' && row.fieldName !== 'id'
        ? [`${row.coordinate} to ${matrix.viewers[at]}`]
        : [],
    ),
  )
  expect(wider).toEqual([])
})
