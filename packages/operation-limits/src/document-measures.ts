import {
  type DefinitionNode,
  type DirectiveNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type SelectionSetNode,
} from 'graphql'

/** How large what a selection set selects is, with every fragment put in the place where it is spread. */
interface Selected {
  /** The fields at its top. */
  readonly top: number
  readonly fields: number
  readonly levels: number
  /** Levels below `__schema` and `__type`, which are not among `levels`. */
  readonly introspectionLevels: number
}

/** What a document is measured by before anything else looks at it: the largest of its operations and fragments. */
export interface DocumentMeasures {
  readonly rootFields: number
  readonly fields: number
  readonly levels: number
  readonly introspectionLevels: number
  /** As they stand in the text, wherever they are spread. */
  readonly aliases: number
  readonly directives: number
  readonly directivesInOnePlace: number
  readonly fragments: number
  readonly fragmentsGoRound: boolean
}

/**
 * Measures `document`, valid or not, in one walk over its text: each fragment is measured once, however often it is spread,
 * so that the time is that of reading the text. Fragments that go round count as empty where they meet themselves.
 */
export function measuresOf(document: DocumentNode): DocumentMeasures {
  const walk = new Walk(document)
  const measured = document.definitions.map((definition) => walk.definition(definition))
  const most = (measure: (selected: Selected) => number) => Math.max(0, ...measured.map(measure))
  const operations = measured.filter((_, at) => document.definitions[at]?.kind === Kind.OPERATION_DEFINITION)
  return {
    rootFields: Math.max(0, ...operations.map(({ top }) => top)),
    fields: most(({ fields }) => fields),
    levels: most(({ levels }) => levels),
    introspectionLevels: most(({ introspectionLevels }) => introspectionLevels),
    ...walk.counted,
  }
}

const nothing: Selected = { top: 0, fields: 0, levels: 0, introspectionLevels: 0 }

class Walk {
  readonly counted = { aliases: 0, directives: 0, directivesInOnePlace: 0, fragments: 0, fragmentsGoRound: false }
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>
  readonly #known = new Map<FragmentDefinitionNode, Selected>()
  readonly #underWay = new Set<FragmentDefinitionNode>()

  constructor(document: DocumentNode) {
    const fragments = document.definitions.filter((node) => node.kind === Kind.FRAGMENT_DEFINITION)
    this.#fragments = new Map(fragments.map((fragment) => [fragment.name.value, fragment]))
    this.counted.fragments = fragments.length
  }

  definition(definition: DefinitionNode): Selected {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) {
      const selected = this.#fragment(definition)
      // On a type of introspection it is spread below `__schema` or `__type`, or nowhere.
      const introspects = definition.typeCondition.name.value.startsWith('__')
      return introspects ? { ...selected, levels: 0, introspectionLevels: selected.levels } : selected
    }
    if (definition.kind !== Kind.OPERATION_DEFINITION) return nothing
    this.#directives(definition.directives)
    for (const variable of definition.variableDefinitions ?? []) this.#directives(variable.directives)
    return this.#selectionSet(definition.selectionSet)
  }

  #fragment(fragment: FragmentDefinitionNode): Selected {
    const known = this.#known.get(fragment)
    if (known) return known
    if (this.#underWay.has(fragment)) {
      this.counted.fragmentsGoRound = true
      return nothing
    }
    this.#underWay.add(fragment)
    this.#directives(fragment.directives)
    const selected = this.#selectionSet(fragment.selectionSet)
    this.#underWay.delete(fragment)
    this.#known.set(fragment, selected)
    return selected
  }

  #selectionSet({ selections }: SelectionSetNode): Selected {
    let [top, fields, levels, introspectionLevels] = [0, 0, 0, 0]
    for (const selection of selections) {
      this.#directives(selection.directives)
      const within = this.#below(selection)
      if (selection.kind === Kind.FIELD) {
        if (selection.alias) this.counted.aliases += 1
        const introspects = selection.name.value.startsWith('__')
        top += 1
        fields += 1 + within.fields
        levels = Math.max(levels, introspects ? 1 : 1 + within.levels)
        const deeper = introspects ? within.levels : within.introspectionLevels
        introspectionLevels = Math.max(introspectionLevels, deeper)
      } else {
        top += within.top
        fields += within.fields
        levels = Math.max(levels, within.levels)
        introspectionLevels = Math.max(introspectionLevels, within.introspectionLevels)
      }
    }
    return { top, fields, levels, introspectionLevels }
  }

  #below(selection: SelectionSetNode['selections'][number]): Selected {
    if (selection.kind !== Kind.FRAGMENT_SPREAD)
      return selection.selectionSet ? this.#selectionSet(selection.selectionSet) : nothing
    const fragment = this.#fragments.get(selection.name.value)
    return fragment ? this.#fragment(fragment) : nothing
  }

  #directives(directives: readonly DirectiveNode[] = []): void {
    this.counted.directives += directives.length
    this.counted.directivesInOnePlace = Math.max(this.counted.directivesInOnePlace, directives.length)
  }
}
