import type { ServiceEnvironment } from './environment.ts'

let armed: string | undefined

/** Has this process die at the crash point of this name. Throws in production: it is for proving that nothing is lost. */
export function armCrashPoint({ NODE_ENV, CRASH_AT }: Pick<ServiceEnvironment, 'NODE_ENV' | 'CRASH_AT'>): void {
  if (CRASH_AT !== undefined && NODE_ENV === 'production') throw new Error('CRASH_AT is not for production.')
  armed = CRASH_AT
}

/** A place, before or after an effect, at which a process may be told to die as if its machine had lost power. */
export function crashPoint(name: string): void {
  if (armed === name) process.kill(process.pid, 'SIGKILL')
}
