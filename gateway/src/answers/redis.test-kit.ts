import { Redis } from 'ioredis'

/** Where tests look for a Redis. */
export const redisUrl = process.env['TEST_REDIS_URL'] ?? 'redis://127.0.0.1:6379'

/** Whether there is one. With CI set it has to be: then this throws instead. */
export async function redisAnswers(): Promise<boolean> {
  const redis = new Redis(redisUrl, { lazyConnect: true, retryStrategy: () => null, connectTimeout: 1_000 })
  redis.on('error', () => {})
  try {
    await redis.connect()
    return (await redis.ping()) === 'PONG'
  } catch (error) {
    if (process.env['CI']) throw error
    return false
  } finally {
    redis.disconnect()
  }
}
