/** Somebody who integrates by operations that are known in advance. */
export interface Partner {
  readonly id: string
  readonly name: string
  readonly scopes: readonly string[]
  readonly pointsPerMinute: number
  readonly createdAt: Date
}
