import type { Command } from '@cartograph/contracts'
import { type CallOptions, type Peer, UnansweredError } from '@cartograph/service-runtime/process'
import type { z } from 'zod'

/** The receiver understood the command and did nothing; sending it again will not help. */
export class CommandRejectedError extends Error {
  override readonly name = 'CommandRejectedError'
}

/**
 * Sends a command once. However often it is sent with the same key and input, its effect happens once and each answer
 * is the same. Throws UnansweredError when nobody knows whether it was carried out: send it again, with the same key.
 */
export async function sendCommand<Input extends z.ZodType, Result extends z.ZodType>(
  receiver: Peer,
  command: Command<Input, Result>,
  key: string,
  input: z.input<Input>,
  options: CallOptions,
): Promise<z.output<Result>> {
  const { status, content } = await receiver.post(`/commands/${command.name}`, { key, input }, options)
  const result = status === 200 ? command.result.safeParse((content as { result?: unknown } | null)?.result) : null
  if (result?.success) return result.data
  if (status >= 400 && status < 500 && status !== 408 && status !== 429)
    throw new CommandRejectedError(`${command.name} was rejected with status ${status}: ${JSON.stringify(content)}`)
  throw new UnansweredError(`${command.name} was answered with status ${status} and not by its contract`, {
    callee: receiver,
  })
}
