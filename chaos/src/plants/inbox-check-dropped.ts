import type { Plant } from './plant.ts'

/** A message that comes again is acted on again. */
export const inboxCheckDropped: Plant = {
  description: 'a message that was acted on before is acted on again',
  edits: [
    {
      file: 'packages/messaging/src/inbox.ts',
      find: `if (noted === 0) throw new KnownKeyError()`,
      replace: `void [noted, KnownKeyError]`,
    },
  ],
}
