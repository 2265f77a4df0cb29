import type { SupergraphSources } from '../world/supergraph.ts'
import { interfaceObjectRequires, interfaceObjects } from './interface-objects.ts'
import { keys } from './keys.ts'
import { media } from './media.ts'
import { mutations } from './mutations.ts'
import { ours } from './ours.ts'
import { requiresChain } from './requires-chain.ts'
import { sharedValues } from './shared-values.ts'

export const supergraphs: readonly SupergraphSources[] = [
  ours,
  media,
  requiresChain,
  keys,
  interfaceObjects,
  interfaceObjectRequires,
  sharedValues,
  mutations,
]
