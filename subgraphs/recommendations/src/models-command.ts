import { runOperation } from '@cartograph/service-runtime'
import { runModelsCommand } from './model/run-models-command.ts'

await runOperation({ migrations: new URL('../prisma/migrations', import.meta.url), run: runModelsCommand })
