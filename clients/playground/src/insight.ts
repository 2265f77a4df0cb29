/**
 * What a developer is told of how an operation ran, as `extensions.insight`. Beside it are `extensions.queryPlan` and
 * `extensions.cost`.
 */
export type Insight = {
  trace: Trace
  /** Each field that the operation selects, once, in the order in which it selects them. */
  fields: FieldInsight[]
}

/** When what was done for an answer; all times are milliseconds since the request began. */
export type Trace = {
  /** When the query plan was ready; null for an operation that got none. */
  plannedMs: number | null
  /** When the answer was. */
  durationMs: number
  totals: FetchTotals
  /** In the order in which they were sent. */
  fetches: FetchInsight[]
}

export type FetchTotals = {
  fetches: number
  entities: number
  sentBytes: number
  receivedBytes: number
  retries: number
  failures: number
}

/** One request to one subgraph. */
export type FetchInsight = {
  service: string
  /** The places of the answer that it was for: `products.nodes.@`, where '@' is each element of a list. */
  paths: readonly string[]
  /** How many entities it asked for; 0 for root fields. */
  entities: number
  startMs: number
  durationMs: number
  sentBytes: number
  receivedBytes: number
  /** Beyond the first. */
  retries: number
  /** The code of the error that it ended with. */
  failure?: string
}

export type FieldInsight = {
  /** `Product.title`. */
  coordinate: string
  /** The subgraphs that can answer it, by name. */
  owners: readonly string[]
  /** What it takes to see it; null for a field that everybody sees. */
  permission: FieldPermission | null
}

export type FieldPermission = {
  /** Whether one has to be signed in. */
  authenticated: boolean
  /** Sets of scopes, of which one has to be held whole; none for a field that asks for no scopes. */
  scopes: readonly (readonly string[])[]
  /** Whether who sent the operation has it. */
  isGranted: boolean
}

export type OperationCost = { estimated: number; most: number }
