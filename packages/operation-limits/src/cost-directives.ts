import { type ConstDirectiveNode, type DefinitionNode, type DocumentNode, Kind, type NameNode, parse } from 'graphql'
import { argumentsOf } from '@cartograph/composition/directive-arguments'

/** What @listSize says of a field. */
export interface ListSize {
  readonly assumedSize: number | undefined
  /** Paths to the arguments that ask for a size: `['first']`, or `['page', 'first']` within an input object. */
  readonly slicingArguments: readonly (readonly string[])[]
  /** The fields of the returned object that are lists of that size, where it is no list itself. */
  readonly sizedFields: readonly string[]
  readonly requireOneSlicingArgument: boolean
}

/** What @cost and @listSize say, by schema coordinates: `Type`, `Type.field`, `Type.field(argument:)`. */
export interface CostDirectives {
  readonly weights: ReadonlyMap<string, number>
  readonly listSizes: ReadonlyMap<string, ListSize>
}

interface WithDirectives {
  readonly name: NameNode
  readonly directives?: readonly ConstDirectiveNode[] | undefined
}

/** Reads the cost directives of a supergraph, by the names under which its @link imports them. */
export function costDirectivesOf(supergraphSdl: string): CostDirectives {
  const document = parse(supergraphSdl)
  const names = namesOf(document)
  const weights = new Map<string, number>()
  const listSizes = new Map<string, ListSize>()
  const read = (coordinate: string, { directives = [] }: WithDirectives) => {
    for (const directive of directives) {
      const given = argumentsOf(directive)
      // Some weights are written as strings.
      if (directive.name.value === names.cost) weights.set(coordinate, Number(given['weight']))
      if (directive.name.value === names.listSize) listSizes.set(coordinate, listSizeOf(given))
    }
  }
  for (const type of document.definitions) {
    if (!isType(type)) continue
    read(type.name.value, type)
    for (const field of type.fields ?? []) {
      const coordinate = `${type.name.value}.${field.name.value}`
      read(coordinate, field)
      if ('arguments' in field)
        for (const argument of field.arguments ?? []) read(`${coordinate}(${argument.name.value}:)`, argument)
    }
  }
  return { weights, listSizes }
}

function listSizeOf(given: Record<string, unknown>): ListSize {
  const { assumedSize, slicingArguments = [], sizedFields = [], requireOneSlicingArgument = true } = given
  return {
    assumedSize: typeof assumedSize === 'number' ? assumedSize : undefined,
    slicingArguments: (slicingArguments as string[]).map((path) => path.split('.')),
    sizedFields: sizedFields as string[],
    requireOneSlicingArgument: requireOneSlicingArgument === true,
  }
}

/** The names of @cost and @listSize in `document`: a specification's directive has its own name, or is prefixed by it. */
function namesOf(document: DocumentNode): { cost: string; listSize: string } {
  const links = document.definitions
    .flatMap((node) =>
      node.kind === Kind.SCHEMA_DEFINITION || node.kind === Kind.SCHEMA_EXTENSION ? (node.directives ?? []) : [],
    )
    .map(argumentsOf)
  const link = links.find(({ url }) => String(url).startsWith('https://specs.apollo.dev/cost/v'))
  if (!link) return { cost: 'cost', listSize: 'listSize' }
  const { as: prefix = 'cost', import: imports = [] } = link as { as?: string; import?: (string | Import)[] }
  const imported = (name: string) => {
    const found = imports.find((each) => (typeof each === 'string' ? each : each.name) === `@${name}`)
    return (typeof found === 'object' ? (found.as ?? found.name) : found)?.slice(1)
  }
  return { cost: imported('cost') ?? prefix, listSize: imported('listSize') ?? `${prefix}__listSize` }
}

interface Import {
  readonly name: string
  readonly as?: string
}

function isType(node: DefinitionNode): node is Extract<DefinitionNode, WithDirectives> & { fields?: Field[] } {
  return /^(Object|Interface|InputObject|Scalar|Enum|Union)Type/.test(node.kind)
}

type Field = WithDirectives & { readonly arguments?: readonly WithDirectives[] }
