import { percentile } from './percentile.ts'
import { type Recovery, type RecoveryKind, recoveryLimitMs } from './recoveries.ts'

/** A sentence for each kind of fault after which the shop took longer to be whole again than it may. */
export function tooSlow(recoveries: readonly Recovery[]): string[] {
  return (Object.keys(recoveryLimitMs) as RecoveryKind[]).flatMap((kind) => {
    const times = recoveries.filter((recovery) => recovery.kind === kind).map(({ ms }) => ms)
    const p99 = percentile(times, 0.99) ?? 0
    const [took, may] = [p99 / 1_000, recoveryLimitMs[kind] / 1_000]
    return took <= may
      ? []
      : [`recovery after a ${kind} took ${took.toFixed(1)} s at the 99th percentile, ${may} s at most`]
  })
}
