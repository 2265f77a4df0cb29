// Who may import whom (`pnpm check`). packages/project-checks/fixtures/import-violations breaks each rule once, and a
// test there says which rule answers for which file.

const ours = '^(packages|subgraphs|clients|gateway|e2e|bench|chaos)/'
const tests =
  '\\.(test|test-kit)\\.ts$|^(packages|subgraphs|clients)/[^/]+/test/|^gateway/test/|^chaos/test/|^e2e/|/src/testing/'
// They join the edge and the core: the one starts both, the other names coordinates of the schema.
const joints = '(server|permissions)\\.ts$'

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'subgraphs-stand-apart',
      comment: 'A read crosses services by federation, an effect by a durable job; never by an import.',
      severity: 'error',
      from: { path: '^subgraphs/([^/]+)/' },
      to: { path: '^subgraphs/', pathNot: '^subgraphs/$1/' },
    },
    {
      name: 'nobody-imports-a-service',
      comment: 'A subgraph and the gateway are processes; whoever starts one does so by its path.',
      severity: 'error',
      from: { pathNot: '^(subgraphs|gateway)/' },
      to: { path: '^(subgraphs|gateway)/' },
    },
    {
      name: 'core-never-imports-edge',
      comment: 'The edge is shaped like the schema, the core like the business.',
      severity: 'error',
      from: { path: '^subgraphs/[^/]+/src/', pathNot: `^subgraphs/[^/]+/src/(graphql/|generated/|${joints})` },
      to: { path: '^subgraphs/[^/]+/src/graphql/' },
    },
    {
      name: 'core-knows-no-schema-types',
      comment: 'Resolver types are the edge’s; the core has types of its own, and codegen.yml maps one to the other.',
      severity: 'error',
      from: { path: '^subgraphs/[^/]+/src/', pathNot: `^subgraphs/[^/]+/src/(graphql/|generated/|${joints})` },
      to: { path: '^subgraphs/[^/]+/src/generated/resolvers\\.ts$' },
    },
    {
      name: 'edge-never-imports-prisma',
      comment: 'A resolver calls a use case or a loader, which speaks to the database.',
      severity: 'error',
      from: { path: '^subgraphs/[^/]+/src/graphql/' },
      to: { path: '^subgraphs/[^/]+/src/(database\\.ts$|generated/prisma/)|(^|/)node_modules/(@prisma|prisma|pg)/' },
    },
    {
      name: 'contracts-and-money-stand-alone',
      comment: 'Everybody imports them, so they import nothing of ours.',
      severity: 'error',
      from: { path: '^packages/(contracts|money)/' },
      to: { path: ours, pathNot: '^packages/$1/' },
    },
    {
      name: 'clients-import-nothing-of-ours',
      comment: 'A client knows the schema and what is generated from it; it could live in another repository.',
      severity: 'error',
      from: { path: '^clients/([^/]+)/', pathNot: tests },
      to: { path: ours, pathNot: '^clients/$1/' },
    },
    {
      name: 'only-tests-import-test-kit',
      severity: 'error',
      from: { pathNot: `^packages/test-kit/|${tests}` },
      to: { path: '^packages/test-kit/' },
    },
    {
      name: 'no-cycles',
      comment: 'Of imports that are still there when it runs; a type may refer back.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'packages-meet-at-their-exports',
      comment: 'A relative import stays within its package; the others are imported by name.',
      severity: 'error',
      from: { path: '^((?:packages|subgraphs|clients)/[^/]+|gateway|e2e|bench|chaos)/' },
      to: { pathNot: '^$1/', dependencyTypes: ['local'] },
    },
    {
      name: 'dependencies-are-declared',
      comment: 'In the package.json nearest to the file: what the root has installed is found by chance.',
      severity: 'error',
      from: { path: ours },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'no-dev-dependency-in-production',
      severity: 'error',
      from: { path: ours, pathNot: `${tests}|^packages/test-kit/|\\.config\\.ts$` },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only', 'npm'] },
    },
    {
      name: 'no-orphans',
      comment: 'A module that imports nothing and that nobody imports is left over from something.',
      severity: 'error',
      from: { orphan: true, path: '/src/', pathNot: `${tests}|/src/generated/|^clients/[^/]+/src/browser/` },
      to: {},
    },
    {
      name: 'imports-resolve',
      comment: 'Without this rule an import that is not found passes every other rule in silence.',
      severity: 'error',
      // What codegen makes for a client imports a package of types alone, in which there is no module to be found.
      from: { pathNot: '^clients/partners/[^/]+/src/generated/' },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules', '/generated/prisma/'] },
    // bench/peers is no part of the workspace, and what it imports is installed by `pnpm bench gateway` alone.
    exclude: { path: '(^|/)(fixtures|dist)/|^bench/peers/' },
    // Imports of types count too: they tie packages together as much as the others do.
    tsPreCompilationDeps: true,
    combinedDependencies: false,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
      extensions: ['.ts', '.mjs', '.js', '.cjs', '.json', '.d.ts', '.node'],
    },
  },
}
