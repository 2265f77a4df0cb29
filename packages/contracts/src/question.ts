import type { z } from 'zod'

/** Something one service asks another directly, to decide an effect of its own: a read, answered now, never queued. */
export interface Question<Input extends z.ZodType = z.ZodType, Answer extends z.ZodType = z.ZodType> {
  /** `<callee>.<what>.v<version>` */
  readonly name: `${string}.${string}.v${number}`
  readonly description: string
  readonly input: Input
  readonly answer: Answer
}

export function defineQuestion<Input extends z.ZodType, Answer extends z.ZodType>(
  question: Question<Input, Answer>,
): Question<Input, Answer> {
  return question
}
