/** How many operations the differential test tries, over all supergraphs together. */
export const operations = Number(process.env['DIFFERENTIAL_OPERATIONS'] ?? 2_000)

/** Where the operations begin; another seed tries others. */
export const seed = Number(process.env['DIFFERENTIAL_SEED'] ?? 20_260)
