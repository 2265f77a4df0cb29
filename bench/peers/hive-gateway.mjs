// Hive Gateway without its command line, as that would start it: one process, node:http, nothing logged.
//   node hive-gateway.mjs --supergraph FILE --port N [--planner rust] [--inbound-sharing]
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { parseArgs } from 'node:util'
import { createGatewayRuntime } from '@graphql-hive/gateway-runtime'
import { useJIT } from '@graphql-mesh/plugin-jit'
import { unifiedGraphHandler } from '@graphql-hive/router-runtime'

const { values } = parseArgs({
  options: {
    supergraph: { type: 'string' },
    port: { type: 'string' },
    planner: { type: 'string', default: 'stitching' },
    'inbound-sharing': { type: 'boolean', default: false },
  },
})

const runtime = createGatewayRuntime({
  supergraph: readFileSync(values.supergraph, 'utf8'),
  logging: false,
  // What is for people and not for programs.
  graphiql: false,
  landingPage: false,
  inboundInflightRequestDeduplication: values['inbound-sharing'],
  // The Rust planner has an executor of its own, which leaves nothing for the just-in-time compiler to do.
  ...(values.planner === 'rust' ? { unifiedGraphHandler } : { plugins: () => [useJIT()] }),
})
await runtime.getSchema()
createServer((request, response) => void runtime(request, response)).listen(
  Number(values.port),
  '127.0.0.1',
  function () {
    console.log(`listening on http://127.0.0.1:${this.address().port}`)
  },
)
