import type { LinkFault } from '../network/link-fault.ts'

/** Something that goes wrong, at a time after the beginning. Times are milliseconds. */
export type Fault = { readonly atMs: number } & (
  | { readonly kind: 'kill'; readonly process: string; readonly downMs: number }
  | { readonly kind: 'freeze'; readonly process: string; readonly forMs: number }
  /** `immediate` is pg_ctl's: children are told to drop everything. `kill` leaves them to find out. */
  | { readonly kind: 'database'; readonly how: 'immediate' | 'kill'; readonly downMs: number }
  | { readonly kind: 'link'; readonly link: string; readonly fault: LinkFault; readonly forMs: number }
)

/** For people, in a line. */
export function describeFault(fault: Fault): string {
  switch (fault.kind) {
    case 'kill':
      return `kill -9 ${fault.process}, down for ${fault.downMs} ms`
    case 'freeze':
      return `SIGSTOP ${fault.process} for ${fault.forMs} ms`
    case 'database':
      return `PostgreSQL: ${fault.how === 'kill' ? 'kill -9' : 'immediate stop'}, down for ${fault.downMs} ms`
    case 'link': {
      const delay = fault.fault.kind === 'slow' ? ` by ${fault.fault.delayMs} ms` : ''
      return `${fault.link}: ${fault.fault.kind}${delay} for ${fault.forMs} ms`
    }
  }
}
