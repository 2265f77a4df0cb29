/** A bug that is put into the services as they are loaded, to see that a run finds it. */
export interface Plant {
  /** What it breaks, in a sentence. */
  readonly description: string
  readonly edits: readonly PlantedEdit[]
}

export interface PlantedEdit {
  /** From the root of the workspace. */
  readonly file: string
  /** A text that is there exactly once. */
  readonly find: string
  readonly replace: string
}

/** The source with the edit made. Throws when its text is not there exactly once: the plant has to be planted anew. */
export function edited(source: string, { file, find, replace }: PlantedEdit): string {
  const [before, after, ...more] = source.split(find)
  if (before === undefined || after === undefined || more.length > 0)
    throw new Error(`${file} does not hold the text of the plant exactly once: ${find}`)
  return `${before}${replace}${after}`
}
