import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type { RunningService } from '@cartograph/service-runtime'
import type { Environment } from './environments.ts'
import { type ServiceName, serviceFolder } from './workspace.ts'

/** A service within this process. It is loaded by its path: nothing in the workspace depends on a service. */
export async function runInProcess(service: ServiceName, environment: Environment): Promise<RunningService> {
  const file = path.join(serviceFolder(service), 'src', 'server.ts')
  const { start } = (await import(pathToFileURL(file).href)) as {
    start(variables: Environment): Promise<RunningService>
  }
  return start(environment)
}
