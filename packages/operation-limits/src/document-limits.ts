import { GraphQLError, type ValidationRule } from 'graphql'
import { type DocumentMeasures, measuresOf } from './document-measures.ts'

/** The most tokens of a document: ten times what our largest page needs. Nothing longer is parsed. */
export const mostTokens = 4_000

/** What a document may have at most, and how a refusal calls it. Our largest page has 64 fields in 7 levels, and no alias. */
const limits = {
  rootFields: [20, 'fields at the root'],
  // A page of text can mean millions of fields, by fragments that spread fragments; and validation compares those of one name
  // with each other.
  fields: [500, 'fields, with its fragments spread'],
  // The catalogue has cycles (a product has variants, which have a product), and each round multiplies the answer.
  levels: [12, 'levels of fields'],
  // What asks for all of a schema follows types of types, nine times.
  introspectionLevels: [16, 'levels of introspection'],
  aliases: [50, 'aliases'],
  directives: [50, 'directives'],
  directivesInOnePlace: [4, 'directives in one place'],
  // Validation compares each fragment with each other one that is spread beside it.
  fragments: [100, 'fragments'],
} as const satisfies Partial<Record<keyof DocumentMeasures, readonly [number, string]>>

/** In one sentence why `document` is refused, or undefined for one that goes beyond no limit. */
function findingOf(measures: DocumentMeasures): string | undefined {
  if (measures.fragmentsGoRound) return 'The document has a fragment that is spread within itself.'
  for (const name of Object.keys(limits) as (keyof typeof limits)[]) {
    const [most, what] = limits[name]
    if (measures[name] > most) return `The document has ${measures[name]} ${what}; at most ${most} are allowed.`
  }
  return undefined
}

/**
 * Refuses a document that goes beyond a limit, in one walk over it and with one error. No other rule sees such a document:
 * some take a time that grows with its square.
 */
export const documentLimits: ValidationRule = (context) => ({
  Document(document) {
    const finding = findingOf(measuresOf(document))
    if (finding === undefined) return undefined
    context.reportError(new GraphQLError(finding))
    // To a visitor this deletes the document, so nobody visits what is in it.
    return null
  },
})
