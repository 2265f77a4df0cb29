import { type ServiceName, services, type Subgraph, subgraphs } from '../workspace.ts'

/**
 * The services that must start anew when `file`, a path from the root, is edited. The gateway follows schema files by
 * itself; what is generated follows its source.
 */
export function concernedBy(file: string): readonly ServiceName[] {
  if (/(^|\/)(node_modules|generated|dist|test|fixtures)\//.test(file) || file.endsWith('.test.ts')) return []
  const [top, name = '', ...rest] = file.split('/')
  const within = rest.join('/')
  if (top === 'subgraphs' && isSubgraph(name)) {
    return within === 'schema.graphql' || within === 'prisma/schema.prisma' || /^src\/.*\.ts$/.test(within)
      ? [name]
      : []
  }
  if (top === 'gateway') return name === 'src' && file.endsWith('.ts') ? ['gateway'] : []
  const runsInServices = !['local-stack', 'test-kit', 'shop-data', 'code-generation', 'project-checks'].includes(name)
  return top === 'packages' && runsInServices && /^src\/.*\.ts$/.test(within) ? services : []
}

function isSubgraph(name: string): name is Subgraph {
  return (subgraphs as readonly string[]).includes(name)
}
