import type { Invariant } from './rows.ts'

/** No job has become a dead letter, or was given up otherwise. */
export const nothingGivenUp: Invariant = ({ deadJobs }) =>
  deadJobs.map(({ database, queue, id }) => `job ${id} in ${queue} of ${database} was given up`)
