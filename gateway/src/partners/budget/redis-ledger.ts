import type { Logger } from '@cartograph/service-runtime/process'
import { Redis } from 'ioredis'
import { minuteMs, type PointsGranted, type PointsLedger, type PointsWanted } from './points-ledger.ts'

const deadlineMs = 250
const connectTimeoutMs = 1_000
const longestPauseMs = 5_000
const prefix = 'cartograph:partner-budget:'

/** Minutes are those of the Redis: no gateway's clock counts. */
const script = `
local time = redis.call('TIME')
local ms = time[1] * 1000 + math.floor(time[2] / 1000)
local minute = math.floor(ms / ${minuteMs})
local known = redis.call('HMGET', KEYS[1], 'minute', 'spent')
local spent = 0
if tonumber(known[1]) == minute then spent = tonumber(known[2]) end
local budget, need, want = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local remaining = math.max(0, budget - spent)
local granted = 0
if need <= remaining then granted = math.max(need, math.min(want, math.floor(remaining / 8))) end
redis.call('HSET', KEYS[1], 'minute', minute, 'spent', spent + granted)
redis.call('PEXPIRE', KEYS[1], ${2 * minuteMs})
return {granted, remaining - granted, ${minuteMs} - ms % ${minuteMs}}
`

interface RedisWithLedger extends Redis {
  takePoints(
    key: string,
    budget: number,
    need: number,
    want: number,
  ): Promise<[granted: number, remaining: number, msToReset: number]>
}

/** A ledger in a Redis that gateways have in common: one script for each take. */
export class RedisLedger implements PointsLedger {
  readonly #redis: RedisWithLedger

  constructor(url: string, logger: Logger) {
    this.#redis = new Redis(url, {
      commandTimeout: deadlineMs,
      connectTimeout: connectTimeoutMs,
      maxRetriesPerRequest: 0,
      // A take that may have been made is not made again: what is lost of a budget is back in a minute.
      autoResendUnfulfilledCommands: false,
      retryStrategy: (times) => Math.min(times * 100, longestPauseMs),
      scripts: { takePoints: { lua: script, numberOfKeys: 1 } },
    }) as RedisWithLedger
    // Who takes is told, too; without a listener it would end the process.
    this.#redis.on('error', (error: Error) => logger.debug({ err: error }, 'the Redis of budgets'))
  }

  async take(partnerId: string, { budget, need, want }: PointsWanted): Promise<PointsGranted> {
    const [granted, remaining, msToReset] = await this.#redis.takePoints(prefix + partnerId, budget, need, want)
    return { granted, remaining, msToReset }
  }

  async close(): Promise<void> {
    this.#redis.disconnect()
  }
}
