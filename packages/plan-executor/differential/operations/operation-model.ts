/** An operation before it is text: what fast-check makes and takes apart again to find the smallest that fails. */
export interface OperationModel {
  readonly kind: 'query' | 'mutation'
  readonly selections: readonly SelectionModel[]
  /** Another operation of the same document, which is not asked for. */
  readonly other: readonly SelectionModel[] | undefined
  readonly isNamed: boolean
}

export type SelectionModel =
  | FieldModel
  | { readonly kind: 'typename'; readonly alias: string | undefined; readonly directives: readonly DirectiveModel[] }
  | FragmentModel
  /** One of the named fragments that were written before; none where none fits. */
  | { readonly kind: 'again'; readonly parent: string; readonly index: number }
  | { readonly kind: 'introspection'; readonly text: string }

export interface FieldModel {
  readonly kind: 'field'
  readonly parent: string
  readonly field: string
  readonly naming: 'plain' | 'a' | 'b' | 'same'
  readonly args: Readonly<Record<string, ValueModel | undefined>>
  readonly directives: readonly DirectiveModel[]
  readonly selections: readonly SelectionModel[] | undefined
}

export interface FragmentModel {
  readonly kind: 'fragment'
  readonly isNamed: boolean
  /** Without it the fragment is on its parent's type, and inline. */
  readonly on: string | undefined
  readonly parent: string
  readonly directives: readonly DirectiveModel[]
  readonly selections: readonly SelectionModel[]
}

export interface DirectiveModel {
  readonly name: 'skip' | 'include'
  readonly condition: ValueModel
}

/** A value of an argument, or a variable in its place. */
export type ValueModel =
  | { readonly kind: 'leaf'; readonly value: unknown }
  | { readonly kind: 'enum'; readonly name: string }
  | { readonly kind: 'list'; readonly items: readonly ValueModel[] }
  | { readonly kind: 'object'; readonly fields: Readonly<Record<string, ValueModel | undefined>> }
  | VariableModel

export interface VariableModel {
  readonly kind: 'variable'
  readonly type: string
  /** What the request gives; undefined when it leaves the variable out. */
  readonly provided: ValueModel | undefined
  readonly fallback: ValueModel | undefined
}
