import type { Question } from '@cartograph/contracts'
import type { FastifyInstance } from 'fastify'
import type { z } from 'zod'
import { viewerOfRequest } from '../http/signed-requests.ts'

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

/**
 * POST /questions/<name>: 200 with the answer, 400 when the input does not fit the contract, 403 for a caller that is no
 * service. To be registered behind `requireSignature`.
 */
export function answerQuestions(server: FastifyInstance, answered: readonly AnsweredQuestion[]): void {
  for (const { question, answer } of answered) {
    server.post(`/questions/${question.name}`, async (request, reply) => {
      if (viewerOfRequest(request).kind !== 'service')
        return reply.code(403).send({ message: 'Only services ask questions.' })
      const input = question.input.safeParse(request.body)
      if (!input.success) return reply.code(400).send({ issues: input.error.issues })
      return (answer as (input: unknown) => Promise<unknown>)(input.data)
    })
  }
}
