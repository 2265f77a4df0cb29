// What any process of a shop needs, and nothing of what subgraphs need besides: the gateway is small without it.
export * from './environment.ts'
export * from './http/http-server.ts'
export * from './http/signed-requests.ts'
export * from './logger.ts'
export * from './peer/peer.ts'
export * from './within.ts'
export * from './run-service.ts'
