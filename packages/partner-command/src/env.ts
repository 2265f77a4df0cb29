/** What whoever runs the command has set. */
export interface CommandEnvironment {
  readonly CARTOGRAPH_URL?: string | undefined
  readonly CARTOGRAPH_TOKEN?: string | undefined
  readonly CARTOGRAPH_EMAIL?: string | undefined
  readonly CARTOGRAPH_PASSWORD?: string | undefined
}

/** The variables of the process that these commands read; one that is empty counts as not set. */
export function readEnvironment(): CommandEnvironment {
  const { CARTOGRAPH_URL, CARTOGRAPH_TOKEN, CARTOGRAPH_EMAIL, CARTOGRAPH_PASSWORD } = process.env
  return { CARTOGRAPH_URL, CARTOGRAPH_TOKEN, CARTOGRAPH_EMAIL, CARTOGRAPH_PASSWORD }
}
