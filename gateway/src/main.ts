import { runService } from '@cartograph/service-runtime/process'
import { start } from './server.ts'

await runService(start)
