import type { Question } from '@cartograph/contracts'
import type { FastifyInstance } from 'fastify'
import type { z } from 'zod'

export interface AnsweredQuestion {
  readonly question: Question
  readonly answer: (input: never) => Promise<unknown>
}

/** Ties a contract to the use case that answers it; the types of both must agree. */
export function answers<Input extends z.ZodType, Answer extends z.ZodType>(
  question: Question<Input, Answer>,
  answer: (input: z.output<Input>) => Promise<z.input<Answer>>,
): AnsweredQuestion {
  return { question, answer }
}

/** POST /questions/<name>: 200 with the answer, 400 when the input does not fit the contract. */
export function answerQuestions(server: FastifyInstance, answered: readonly AnsweredQuestion[]): void {
  for (const { question, answer } of answered) {
    server.post(`/questions/${question.name}`, async (request, reply) => {
      const input = question.input.safeParse(request.body)
      if (!input.success) return reply.code(400).send({ issues: input.error.issues })
      return (answer as (input: unknown) => Promise<unknown>)(input.data)
    })
  }
}
