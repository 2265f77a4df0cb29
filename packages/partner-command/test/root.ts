import path from 'node:path'

/** The workspace's root folder. */
export const root = path.resolve(import.meta.dirname, '../../..')
