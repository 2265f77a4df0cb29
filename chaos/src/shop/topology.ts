import { environments, services, type ServiceName, subgraphs } from '@cartograph/local-stack'

/** The processes of the shop; orders has two. */
export const processes = [...services.filter((name) => name !== 'orders'), 'orders-1', 'orders-2'] as const

export const serviceOf = (process: string): ServiceName => process.replace(/-\d$/, '') as ServiceName

/** The processes of a service. */
export const processesOf = (service: ServiceName): string[] => processes.filter((name) => serviceOf(name) === service)

export const linkName = (caller: string, callee: string): string => `${caller} → ${callee}`

/** Where buyers come in, and where each process finds its database. */
export const buyersLink = linkName('buyers', 'gateway')
export const databaseLink = (process: string): string => linkName(process, 'postgres')

/** Whom each process calls, as its environment says. */
function calleesOf(process: string): ServiceName[] {
  const callees: ServiceName[] = []
  const ports = Object.fromEntries(services.map((name) => [name, 0])) as Record<ServiceName, number>
  const anything = new Proxy({}, { get: () => '' }) as Record<ServiceName, string>
  environments(
    {
      ports,
      databaseUrl: () => '',
      mailboxDir: '',
      originOf: (caller, callee) => {
        if (caller === serviceOf(process)) callees.push(callee)
        return ''
      },
    },
    {
      databasePasswords: anything,
      signingSecrets: anything,
      accessTokenKey: {},
      browserSessionSecret: '',
      webhookEncryptionKey: '',
    },
    {},
  )
  return callees
}

/** Every link there is between processes, with the service at its end; the databases' apart. */
export const serviceLinks: readonly { readonly name: string; readonly callee: ServiceName }[] = [
  { name: buyersLink, callee: 'gateway' },
  ...processes.flatMap((caller) => calleesOf(caller).map((callee) => ({ name: linkName(caller, callee), callee }))),
]

export const databaseLinks: readonly string[] = processes
  .filter((name) => (subgraphs as readonly string[]).includes(serviceOf(name)))
  .map(databaseLink)

/** What can break. */
export const places = { processes, serviceLinks: serviceLinks.map(({ name }) => name), databaseLinks }
