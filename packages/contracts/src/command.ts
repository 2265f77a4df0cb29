import type { z } from 'zod'

/**
 * Something one service has another do: an effect, carried out once for each key however often it is sent. The receiver
 * comes first in the name.
 */
export interface Command<Input extends z.ZodType = z.ZodType, Result extends z.ZodType = z.ZodType> {
  /** `<receiver>.<what>.v<version>` */
  readonly name: `${string}.${string}.v${number}`
  readonly description: string
  readonly input: Input
  /** Refusals that are part of the business are results; an error means that nothing was done. */
  readonly result: Result
}

export function defineCommand<Input extends z.ZodType, Result extends z.ZodType>(
  command: Command<Input, Result>,
): Command<Input, Result> {
  return command
}
