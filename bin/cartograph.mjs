#!/usr/bin/env node
// The one door to every command. Plain JavaScript, so that an old Node gets a sentence instead of a syntax error.
import nodeModule from 'node:module'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 23 || (major === 23 && minor < 6)) {
  console.error(
    `Cartograph runs on Node 24, which its install brings along; this is ${process.version}. Start it with: npx -y pnpm@12.21.0 start`,
  )
  process.exit(1)
}
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
// The cache holds compiled code and stripped types: a start takes about half the time with it.
nodeModule.enableCompileCache(path.join(root, 'node_modules', '.cache', 'node-compile'))
// Node's own notes on what it calls experimental are for us, not for whoever types a command.
process.removeAllListeners('warning')
process.on('warning', (warning) => {
  if (warning.name !== 'ExperimentalWarning') console.error(`${warning.name}: ${warning.message}`)
})
// Two vendors' phone-homes, off before their modules are read.
process.env.APOLLO_TELEMETRY_DISABLED = 'true'
process.env.CHECKPOINT_DISABLE = '1'

const commands = {
  start: 'packages/local-stack/src/commands/start.ts',
  dev: 'packages/local-stack/src/commands/dev.ts',
  load: 'packages/local-stack/src/commands/load.ts',
  messages: 'packages/local-stack/src/commands/messages.ts',
  recommendations: 'packages/local-stack/src/commands/recommendations.ts',
  partner: 'packages/partner-command/src/main.ts',
  gateway: 'gateway/src/standalone/gateway-command.ts',
  bundle: 'packages/code-generation/src/bundle.ts',
  generate: 'packages/code-generation/src/generate.ts',
  format: 'packages/project-checks/src/format.ts',
  check: 'packages/project-checks/src/check.ts',
  test: 'packages/project-checks/src/test.ts',
  bench: 'bench/src/main.ts',
  chaos: 'chaos/src/main.ts',
  evaluate: 'packages/recommender/src/evaluation/evaluate.ts',
}
const [name, ...args] = process.argv.slice(2)
const file = Object.hasOwn(commands, name ?? '') ? commands[name] : undefined
if (!file) {
  console.error(`Unknown command "${name ?? ''}". There are: ${Object.keys(commands).join(', ')}.`)
  process.exit(1)
}
const { main } = await import(pathToFileURL(path.join(root, file)).href)
await main(args)
