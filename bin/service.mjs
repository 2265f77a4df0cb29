// Runs one service's main.ts with the compile cache that the commands share.
import { enableCompileCache } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

enableCompileCache(path.resolve(import.meta.dirname, '..', 'node_modules', '.cache', 'node-compile'))
process.env.APOLLO_TELEMETRY_DISABLED = 'true'
await import(pathToFileURL(process.argv[2]).href)
