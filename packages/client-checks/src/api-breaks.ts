/** Where the API may break, each by its schema coordinate, and why. */
export type ApiBreaks = ReadonlyMap<string, string>

const line = /^(?<coordinate>[A-Za-z_][\w.():]*)\s+(?<date>\d{4}-\d\d-\d\d)\s+(?<reason>\S.*)$/

/**
 * Reads the reviewed file of deliberate breaks: on each line a coordinate, a date and a reason; `#` begins a comment. Throws
 * with the line that is none of it.
 */
export function readApiBreaks(text: string): ApiBreaks {
  return new Map(
    text.split('\n').flatMap((content, index) => {
      if (content.trim() === '' || content.startsWith('#')) return []
      const { coordinate, reason } = line.exec(content.trim())?.groups ?? {}
      if (coordinate === undefined || reason === undefined)
        throw new Error(`line ${index + 1} is not "<coordinate>  <YYYY-MM-DD>  <reason>": ${content}`)
      return [[coordinate, reason] as const]
    }),
  )
}
