import type { EntityFetch, WantedEntities } from './entity-fetch.ts'
import type { Execution } from './execution.ts'
import { entitiesKey, mergedOperation, representationsVariable } from './merged-operation.ts'
import type { SubgraphAnswer } from './subgraph-transport.ts'

/** Runs entity fetches of one subgraph whose time has come together, with as few requests as can be. */
export type SendFetches = (execution: Execution) => Promise<void> | void

interface Part {
  readonly fetch: EntityFetch
  readonly index: number
  readonly wanted: WantedEntities
}

/** Fetches to the same subgraph that become one request; of one fetch, its own. */
export function sendFetches(fetches: readonly EntityFetch[]): SendFetches {
  const [{ service }] = fetches as [EntityFetch]
  const alone = fetches.map((fetch) => bodyStart(fetch.operation))
  /** By the indexes of the fetches that have something to ask for. */
  const merged = new Map<string, string>()

  return (execution) => {
    const parts: Part[] = []
    fetches.forEach((fetch, index) => {
      const wanted = fetch.wanted(execution)
      if (wanted.representations.length > 0) parts.push({ fetch, index, wanted })
    })
    const [only] = parts
    if (!only) return
    return parts.length === 1 ? sendAlone(execution, only) : sendMerged(execution, parts)
  }

  async function sendAlone(execution: Execution, part: Part): Promise<void> {
    const variables = variablesText(part.fetch.variableNames, execution)
    const body = `${alone[part.index]}${variables}"representations":[${part.wanted.representations.join(',')}]}}`
    const answer = await send(execution, [part], body)
    for (const error of answer.errors ?? []) part.fetch.fail(execution, part.wanted, error)
    if (answer.data) part.fetch.take(execution, part.wanted, answer.data['_entities'])
  }

  async function sendMerged(execution: Execution, parts: readonly Part[]): Promise<void> {
    const key = parts.map(({ index }) => index).join()
    let start = merged.get(key)
    if (start === undefined) {
      start = bodyStart(mergedOperation(new Map(parts.map(({ fetch, index }) => [index, fetch.operation]))))
      merged.set(key, start)
    }
    const names = new Set(parts.flatMap(({ fetch }) => fetch.variableNames))
    const representations = parts.map(
      ({ index, wanted }) => `"${representationsVariable(index)}":[${wanted.representations.join(',')}]`,
    )
    const body = `${start}${variablesText([...names], execution)}${representations.join(',')}}}`
    const answer = await send(execution, parts, body)
    // One of them failed as a whole and took the others with it, which alone would have been answered.
    if (!answer.data && answer.errors?.some(({ path }) => path)) {
      await Promise.all(parts.map((part) => sendAlone(execution, part)))
      return
    }
    takeMerged(execution, parts, answer)
  }

  function takeMerged(execution: Execution, parts: readonly Part[], { data, errors = [] }: SubgraphAnswer): void {
    for (const error of errors) {
      const part = parts.find(({ index }) => entitiesKey(index) === error.path?.[0])
      if (part) part.fetch.fail(execution, part.wanted, error)
      else execution.fail(service, error)
    }
    if (!data) return
    for (const { fetch, index, wanted } of parts) fetch.take(execution, wanted, data[entitiesKey(index)])
  }

  function send(execution: Execution, parts: readonly Part[], body: string): Promise<SubgraphAnswer> {
    const paths = parts.map(({ fetch }) => fetch.path)
    const entities = parts.reduce((sum, { wanted }) => sum + wanted.representations.length, 0)
    return execution.send({ service, body, isQuery: true, paths, entities })
  }
}

/** A request up to its first variable. */
export function bodyStart(operation: string): string {
  return `{"query":${JSON.stringify(operation)},"variables":{`
}

/** The members of `names` that the client gave, each followed by a comma. */
export function variablesText(names: readonly string[], { variables }: Execution): string {
  let text = ''
  for (const name of names) {
    const value = Object.hasOwn(variables, name) ? variables[name] : undefined
    if (value !== undefined) text += `${JSON.stringify(name)}:${JSON.stringify(value)},`
  }
  return text
}
