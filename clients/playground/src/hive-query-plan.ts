type Json = Record<string, unknown>
type HiveNode = Json & { kind: string }
type HivePathSegment = '@' | { Field: string } | { TypeCondition: string[] }
type HiveSelection =
  | { kind: 'Field'; name: string }
  | { kind: 'InlineFragment'; typeCondition: string; selections: { kind: 'Field'; name: string }[] }

/**
 * Converts a query plan of `@apollo/gateway` into the format of Hive's router, which is what the laboratory draws from
 * `extensions.queryPlan`. Nodes the laboratory would draw wrongly are put into an equivalent shape: its drawing loses
 * steps of a sequence within a sequence, and one side of a condition that has two. Returns null for what is no plan.
 */
export function toHiveQueryPlan(plan: unknown): { kind: 'QueryPlan'; node: HiveNode | null } | null {
  if (!isObject(plan) || plan['kind'] !== 'QueryPlan') return null
  return { kind: 'QueryPlan', node: toNode(plan['node']) }
}

function toNode(node: unknown): HiveNode | null {
  if (!isObject(node)) return null
  switch (node['kind']) {
    case 'Sequence':
    case 'Parallel':
      return toGroup(node['kind'], array(node['nodes']).map(toNode))
    case 'Flatten':
      return wrap(toNode(node['node']), (inner) => ({ kind: 'Flatten', path: toPath(node['path']), node: inner }))
    case 'Condition':
      return toCondition(node)
    case 'Fetch':
      return toFetch(node)
    case 'Subscription':
      return wrap(toGroup('Sequence', [toNode(node['primary']), toNode(node['rest'])]), (primary) => ({
        kind: 'Subscription',
        primary,
      }))
    case 'Defer':
      return toDefer(node)
    default:
      return null
  }
}

/** A group of groups of the same kind is one group; a group of one is its member. */
function toGroup(kind: 'Sequence' | 'Parallel', members: (HiveNode | null)[]): HiveNode | null {
  const nodes = members.flatMap((member) => {
    if (member === null) return []
    return member.kind === kind ? (member['nodes'] as HiveNode[]) : [member]
  })
  return nodes.length > 1 ? { kind, nodes } : (nodes[0] ?? null)
}

/** Both sides become neighbours of which one runs; and each step of a sequence carries the condition itself. */
function toCondition(node: Json): HiveNode | null {
  const condition = String(node['condition'])
  const side = (name: 'ifClause' | 'elseClause') =>
    eachStep(toNode(node[name]), (step) => ({ kind: 'Condition', condition, [name]: step }))
  return toGroup('Parallel', [side('ifClause'), side('elseClause')])
}

function eachStep(node: HiveNode | null, convert: (step: HiveNode) => HiveNode): HiveNode | null {
  return node?.kind === 'Sequence'
    ? { ...node, nodes: (node['nodes'] as HiveNode[]).map(convert) }
    : wrap(node, convert)
}

function toFetch(node: Json): HiveNode {
  return withoutEmpty({
    kind: 'Fetch',
    serviceName: optionalString(node['serviceName']) ?? 'unknown',
    operationKind: optionalString(node['operationKind']),
    operationName: optionalString(node['operationName']),
    operation: optionalString(node['operation']) ?? '',
    variableUsages: array(node['variableUsages']).map(String),
    requires: toSelections(node['requires']),
    inputRewrites: toRewrites(node['inputRewrites']),
    outputRewrites: toRewrites(node['outputRewrites']),
  })
}

/** The plan is also read as JSON, in the answer that carries it. */
function withoutEmpty(node: HiveNode): HiveNode {
  const isEmpty = (value: unknown) => value === null || (Array.isArray(value) && value.length === 0)
  return Object.fromEntries(Object.entries(node).filter(([, value]) => !isEmpty(value))) as HiveNode
}

function toDefer(node: Json): HiveNode {
  const toPart = (part: Json) => ({ subselection: optionalString(part['subselection']), node: toNode(part['node']) })
  return {
    kind: 'Defer',
    primary: toPart(isObject(node['primary']) ? node['primary'] : {}),
    deferred: objects(node['deferred']).map((deferred) => ({
      ...toPart(deferred),
      label: optionalString(deferred['label']),
      queryPath: array(deferred['queryPath']).map(String),
      depends: objects(deferred['depends']).map((dependency) => ({
        id: String(dependency['id']),
        deferLabel: optionalString(dependency['deferLabel']),
      })),
    })),
  }
}

/** Apollo joins a type condition to the segment before it: `media|[Book,Film]`. */
function toPath(path: unknown): HivePathSegment[] {
  return array(path).flatMap((segment): HivePathSegment[] => {
    const [, name = '', types] = /^(.*?)(?:\|\[(.*)\])?$/s.exec(String(segment)) ?? []
    const head: HivePathSegment[] = name === '' ? [] : [name === '@' ? name : { Field: name }]
    return types === undefined ? head : [...head, { TypeCondition: types.split(',').map((type) => type.trim()) }]
  })
}

/** Hive's fragments hold fields alone, and its fields have no selections: what is below a field is put in its name. */
function toSelections(requires: unknown): HiveSelection[] {
  return objects(requires).flatMap((selection): HiveSelection[] => {
    if (selection['kind'] === 'Field') return [toField(selection)]
    const inner = objects(selection['selections'])
    const fields = inner.filter((child) => child['kind'] === 'Field').map(toField)
    const nested = toSelections(inner.filter((child) => child['kind'] !== 'Field'))
    const typeCondition = optionalString(selection['typeCondition'])
    if (typeCondition === null) return [...fields, ...nested]
    const fragment = { kind: 'InlineFragment' as const, typeCondition, selections: fields }
    return fields.length > 0 || nested.length === 0 ? [fragment, ...nested] : nested
  })
}

function toField(field: Json): { kind: 'Field'; name: string } {
  return { kind: 'Field', name: printSelection(field) }
}

function printSelection(selection: Json): string {
  const children = objects(selection['selections']).map(printSelection)
  const type = optionalString(selection['typeCondition'])
  const name = selection['kind'] === 'Field' ? String(selection['name']) : type === null ? '...' : `... on ${type}`
  return children.length === 0 ? name : `${name} { ${children.join(' ')} }`
}

function toRewrites(rewrites: unknown): Json[] {
  return objects(rewrites).map((rewrite) => {
    const path = array(rewrite['path']).map((segment) => {
      const [, type] = /^\.\.\. on (.*)$/.exec(String(segment)) ?? []
      return type === undefined ? { Key: String(segment) } : { TypenameEquals: [type] }
    })
    return rewrite['kind'] === 'KeyRenamer'
      ? { path, renameKeyTo: String(rewrite['renameKeyTo']) }
      : { path, setValueTo: String(rewrite['setValueTo']) }
  })
}

function wrap(node: HiveNode | null, convert: (node: HiveNode) => HiveNode): HiveNode | null {
  return node && convert(node)
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function array(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}

function objects(value: unknown): Json[] {
  return array(value).filter(isObject)
}

function optionalString(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}
