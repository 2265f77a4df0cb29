import { doTypesOverlap, type GraphQLSchema, isCompositeType, isInterfaceType, isObjectType } from 'graphql'
import { canonical } from '../world/hash.ts'
import type {
  DirectiveModel,
  FieldModel,
  FragmentModel,
  OperationModel,
  SelectionModel,
  ValueModel,
  VariableModel,
} from './operation-model.ts'

/** A request as a client sends it. */
export interface OperationRequest {
  readonly query: string
  readonly operationName: string | undefined
  readonly variables: Readonly<Record<string, unknown>>
}

/**
 * The text of an operation. A response name means the same field, type and arguments everywhere in the document, so that
 * selections always merge; `same` names different fields of different objects alike, where that is allowed.
 */
export function writeOperation(schema: GraphQLSchema, model: OperationModel): OperationRequest {
  return new OperationWriter(schema).write(model)
}

interface NamedFragment {
  readonly name: string
  readonly on: string
  readonly text: string
  /** Of the fragment itself and of those that it spreads. */
  readonly variables: ReadonlySet<string>
  readonly fragments: ReadonlySet<string>
}

/** What a piece of text makes use of. */
interface Uses {
  readonly variables: Set<string>
  readonly fragments: Set<string>
}

class OperationWriter {
  readonly #schema: GraphQLSchema
  readonly #meanings = new Map<string, string>()
  readonly #variables = new Map<string, { readonly name: string; readonly model: VariableModel }>()
  readonly #fragments = new Map<string, NamedFragment>()

  constructor(schema: GraphQLSchema) {
    this.#schema = schema
  }

  write({ kind, selections, other, isNamed }: OperationModel): OperationRequest {
    const main = this.#operation(kind, selections, isNamed || other ? 'Asked' : '')
    const second = other && this.#operation(kind, other, 'Other')
    const fragments = new Set([...main.uses.fragments, ...(second?.uses.fragments ?? [])])
    const definitions = [...this.#fragments.values()].filter(({ name }) => fragments.has(name))
    const provided = this.#variablesOf(main.uses).filter(({ model }) => model.provided !== undefined)
    return {
      query: [main.text, second?.text, ...definitions.map(({ text }) => text)].filter(Boolean).join('\n'),
      operationName: isNamed || other ? 'Asked' : undefined,
      variables: Object.fromEntries(provided.map(({ name, model }) => [name, jsonOf(model.provided)])),
    }
  }

  #operation(kind: string, selections: readonly SelectionModel[], name: string): { text: string; uses: Uses } {
    const uses: Uses = { variables: new Set(), fragments: new Set() }
    const body = this.#selections(selections, uses, '  ')
    const variables = this.#variablesOf(uses).map(({ name: variable, model }) => {
      const fallback = model.fallback ? ` = ${this.#value(model.fallback, uses)}` : ''
      return `$${variable}: ${model.type}${fallback}`
    })
    return { text: `${kind} ${name}${variables.length > 0 ? `(${variables.join(', ')})` : ''} ${body}`, uses }
  }

  #variablesOf(uses: Uses) {
    return [...this.#variables.values()].filter(({ name }) => uses.variables.has(name))
  }

  #selections(selections: readonly SelectionModel[], uses: Uses, indent: string): string {
    const lines = selections.map((selection) => indent + this.#selection(selection, uses, indent))
    return `{\n${lines.join('\n')}\n${indent.slice(2)}}`
  }

  #selection(selection: SelectionModel, uses: Uses, indent: string): string {
    switch (selection.kind) {
      case 'field':
        return this.#field(selection, uses, indent)
      case 'typename':
        return `${selection.alias ? `${selection.alias}: ` : ''}__typename${this.#directives(selection.directives, uses)}`
      case 'fragment':
        return selection.isNamed
          ? this.#spread(selection, uses)
          : `...${selection.on ? ` on ${selection.on}` : ''}${this.#directives(selection.directives, uses)} ${this.#selections(selection.selections, uses, `${indent}  `)}`
      case 'again':
        return this.#again(selection.parent, selection.index, uses)
      case 'introspection':
        return selection.text
    }
  }

  #field(model: FieldModel, uses: Uses, indent: string): string {
    const args = this.#arguments(model.args, uses)
    const name = this.#responseName(model, args)
    const selections = model.selections ? ` ${this.#selections(model.selections, uses, `${indent}  `)}` : ''
    const alias = name === model.field ? '' : `${name}: `
    return `${alias}${model.field}${args}${this.#directives(model.directives, uses)}${selections}`
  }

  #arguments(args: Readonly<Record<string, ValueModel | undefined>>, uses: Uses): string {
    const written = Object.entries(args).flatMap(([name, value]) =>
      value ? [`${name}: ${this.#value(value, uses)}`] : [],
    )
    return written.length > 0 ? `(${written.join(', ')})` : ''
  }

  #responseName({ parent, field, naming }: FieldModel, args: string): string {
    const type = this.#schema.getType(parent)
    if (!isObjectType(type) && !isInterfaceType(type)) throw new Error(`${parent} has no fields`)
    const returns = String(type.getFields()[field]?.type)
    if (naming === 'same' && args === '' && isObjectType(type)) {
      const first = Object.values(type.getFields()).find(
        (other) => String(other.type) === returns && other.args.length === 0,
      )
      if (first?.name === field) return `same_${returns.replaceAll('[', 'L').replaceAll(']', 'J').replaceAll('!', 'N')}`
    }
    const wanted = naming === 'a' || naming === 'b' ? `${naming}_${field}` : field
    const meaning = `${field} ${returns} ${args}`
    for (let count = 1; ; count++) {
      const name = count === 1 ? wanted : `${wanted}_${String(count)}`
      const known = this.#meanings.get(name)
      if (known === undefined || known === meaning) {
        this.#meanings.set(name, meaning)
        return name
      }
    }
  }

  #directives(directives: readonly DirectiveModel[], uses: Uses): string {
    return directives.map(({ name, condition }) => ` @${name}(if: ${this.#value(condition, uses)})`).join('')
  }

  #spread(model: FragmentModel, uses: Uses): string {
    const on = model.on ?? model.parent
    const within: Uses = { variables: new Set(), fragments: new Set() }
    const body = this.#selections(model.selections, within, '  ')
    const key = `${on} ${body}`
    const known = this.#fragments.get(key)
    const name = known?.name ?? `Fragment${String(this.#fragments.size + 1)}`
    const fragment = { name, on, text: `fragment ${name} on ${on} ${body}`, ...within }
    if (!known) this.#fragments.set(key, fragment)
    return this.#use(known ?? fragment, uses) + this.#directives(model.directives, uses)
  }

  #again(parent: string, index: number, uses: Uses): string {
    const parentType = this.#schema.getType(parent)
    const fitting = [...this.#fragments.values()].filter(({ on }) => {
      const type = this.#schema.getType(on)
      return isCompositeType(type) && isCompositeType(parentType) && doTypesOverlap(this.#schema, type, parentType)
    })
    const fragment = fitting[index % Math.max(fitting.length, 1)]
    return fragment ? this.#use(fragment, uses) : '__typename'
  }

  #use(fragment: NamedFragment, uses: Uses): string {
    uses.fragments.add(fragment.name)
    for (const name of fragment.fragments) uses.fragments.add(name)
    for (const name of fragment.variables) uses.variables.add(name)
    return `...${fragment.name}`
  }

  #value(model: ValueModel, uses: Uses): string {
    switch (model.kind) {
      case 'leaf':
        return JSON.stringify(model.value)
      case 'enum':
        return model.name
      case 'list':
        return `[${model.items.map((item) => this.#value(item, uses)).join(', ')}]`
      case 'object': {
        const fields = Object.entries(model.fields)
        return `{${fields.flatMap(([name, value]) => (value ? [`${name}: ${this.#value(value, uses)}`] : [])).join(', ')}}`
      }
      case 'variable': {
        const key = canonical(model)
        const known = this.#variables.get(key) ?? { name: `v${String(this.#variables.size + 1)}`, model }
        this.#variables.set(key, known)
        uses.variables.add(known.name)
        return `$${known.name}`
      }
    }
  }
}

/** A constant as a request's JSON has it. */
function jsonOf(model: ValueModel | undefined): unknown {
  switch (model?.kind) {
    case 'leaf':
      return model.value
    case 'enum':
      return model.name
    case 'list':
      return model.items.map(jsonOf)
    case 'object':
      return Object.fromEntries(
        Object.entries(model.fields).flatMap(([name, value]) => (value ? [[name, jsonOf(value)]] : [])),
      )
    case 'variable':
    case undefined:
      throw new Error('A request gives constants alone')
  }
}
