import { answerBeforeCommit } from './answer-before-commit.ts'
import { compensationForgotten } from './compensation-forgotten.ts'
import { inboxCheckDropped } from './inbox-check-dropped.ts'
import { keyNotScoped } from './key-not-scoped.ts'
import type { Plant } from './plant.ts'
import { readThenWriteStock } from './read-then-write-stock.ts'

/** The bugs that can be planted, by name. */
export const plants: Readonly<Record<string, Plant>> = {
  'read-then-write-stock': readThenWriteStock,
  'inbox-check-dropped': inboxCheckDropped,
  'answer-before-commit': answerBeforeCommit,
  'compensation-forgotten': compensationForgotten,
  'key-not-scoped': keyNotScoped,
}
