/** The operations that a partner published together; only when it is to end is ever changed. */
export interface Manifest {
  readonly id: string
  readonly partnerId: string
  readonly version: number
  readonly publishedAt: Date
  /** Since when there is a newer one, or it is to end. */
  readonly deprecatedAt: Date | null
  /** From then on nothing in it runs. */
  readonly sunsetAt: Date | null
}

export type ManifestStatus = 'ACTIVE' | 'SUNSET' | 'RETIRED'

/** Whether the operations of a manifest run at `now`. */
export function manifestStatus({ deprecatedAt, sunsetAt }: Manifest, now: Date): ManifestStatus {
  if (sunsetAt !== null && sunsetAt <= now) return 'RETIRED'
  return deprecatedAt === null ? 'ACTIVE' : 'SUNSET'
}
