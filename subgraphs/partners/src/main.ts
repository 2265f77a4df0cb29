import { runService } from '@cartograph/service-runtime'
import { start } from './server.ts'

await runService(start)
