import { runLoad } from '@cartograph/service-runtime'
import { loadDefinition } from './load-definition.ts'

await runLoad(loadDefinition)
