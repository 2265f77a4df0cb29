import { removeWithServer, throwAwayFolder } from '@cartograph/local-stack/throw-away-folder'
import { expect, test } from 'vitest'
import { runCrashPoints } from '../src/crash-points/run-crash-points.ts'

test('every process dies at every crash point while the shop sells, and nothing is lost or done twice', async () => {
  const folder = throwAwayFolder()
  try {
    const { violations, missed, rows } = await runCrashPoints(folder, {
      seed: 1,
      buyers: 16,
      hotCustomers: 100,
      onProgress: () => {},
    })
    expect(missed).toEqual([])
    expect([...violations].filter(([, sentences]) => sentences.length > 0)).toEqual([])
    expect(rows.orders.length).toBeGreaterThan(50)
  } finally {
    await removeWithServer(folder)
  }
}, 400_000)
