import { createHash } from 'node:crypto'

const rounds = 60_000
const text = JSON.stringify({
  products: Array.from({ length: 4 }, (_, id) => ({ id, title: `Product ${id}`, price: '12.50' })),
})

/**
 * CPU milliseconds that a fixed piece of work takes this process now. Machines are shared: figures of two runs may be
 * compared only as far as this one agrees, or scaled by it.
 */
export function referenceWorkMs(): number {
  const once = () => {
    const before = process.cpuUsage()
    for (let round = 0; round < rounds; round += 1)
      createHash('sha256')
        .update(JSON.stringify(JSON.parse(text)))
        .digest()
    const { user, system } = process.cpuUsage(before)
    return (user + system) / 1000
  }
  once()
  return Math.min(once(), once(), once())
}
