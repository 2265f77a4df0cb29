import type { Progress } from '@cartograph/command-line'
import type { CommandEnvironment } from './env.ts'

/** What a command is run in. */
export interface Setting {
  /** The workspace whose supergraph manifests are checked against. */
  readonly root: string
  readonly environment: CommandEnvironment
  readonly progress: Progress
  readonly now: () => Date
}

/** What a command has to say: lines for a person, and what is wrong, after which the command fails. */
export interface Outcome {
  readonly lines: readonly string[]
  readonly problems?: readonly string[]
}
