const nothing = () => undefined

/** Unplannable operations are part of the tests, not of their output. */
export const silent = { debug: nothing, info: nothing, warn: nothing, error: nothing }
