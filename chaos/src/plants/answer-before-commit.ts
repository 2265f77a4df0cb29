import type { Plant } from './plant.ts'

const file = 'packages/messaging/src/inbox.ts'

/** A message is answered when its effect has run, and committed right afterwards. */
export const answerBeforeCommit: Plant = {
  description: 'messages are answered as soon as their effect has run, and committed after that',
  edits: [
    {
      file,
      find: `const outcome = await db.$transaction(async (tx) => {`,
      replace: `const { promise, resolve, reject } = Promise.withResolvers<Result>()
    db.$transaction(async (tx) => {`,
    },
    {
      file,
      find: `      crashPoint(\`\${name} before commit\`)
      return result
    })`,
      replace: `      resolve(result)
      crashPoint(\`\${name} before commit\`)
      return result
    }).then(resolve, reject)
    const outcome = await promise`,
    },
  ],
}
