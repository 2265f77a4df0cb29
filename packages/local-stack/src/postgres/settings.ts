/** Server settings by name, as in postgresql.conf. */
export type Settings = Readonly<Record<string, string | number>>

// Sized for a developer's machine of two cores on which every service keeps a pool.
const defaults: Settings = {
  shared_buffers: '128MB',
  max_connections: 200,
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
}

const durable: Settings = { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' }

const throwAway: Settings = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
}

/** The server's command line arguments: defaults, then the caller's settings, then what is not up to the caller. */
export function settingArguments(ephemeral: boolean, settings: Settings, port: number): string[] {
  const all = {
    ...defaults,
    ...(ephemeral ? throwAway : durable),
    ...settings,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    port,
  }
  return Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}
