import type { Plant } from './plant.ts'

const file = 'subgraphs/inventory/src/reservation/open-reservation.ts'

/** Stock is read without being held, and what was read is written back. */
export const readThenWriteStock: Plant = {
  description: 'reservations read the levels without holding them, and write back what they had read',
  edits: [
    {
      file,
      find: `order by l.variant_id, l.id for no key update of l\``,
      replace: `order by l.variant_id, l.id\``,
    },
    {
      file: 'subgraphs/inventory/src/reservation/reserve-stock.ts',
      find: `await writeLines(tx, checkoutId, taken)`,
      replace: `await writeLines(tx, checkoutId, taken, levels)`,
    },
    {
      file,
      find: `taken: readonly LevelUnits[]): Promise<void> {`,
      replace: `taken: readonly LevelUnits[], read: readonly StockLevel[]): Promise<void> {
  const reservedOf = new Map(read.map(({ id, reserved }) => [id, reserved]))`,
    },
    {
      file,
      find: `update stock_level l set reserved = l.reserved + t.quantity`,
      replace: `update stock_level l set reserved = t.reserved + t.quantity`,
    },
    {
      file,
      find: `\${taken.map(({ quantity }) => quantity)}::int[]) t (id, quantity)
      where l.id = t.id and l.on_hand - l.reserved + l.backorder_limit >= t.quantity`,
      replace: `\${taken.map(({ quantity }) => quantity)}::int[],
        \${taken.map(({ stockLevelId }) => reservedOf.get(stockLevelId))}::int[]) t (id, quantity, reserved)
      where l.id = t.id`,
    },
  ],
}
