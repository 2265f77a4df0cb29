import type pg from 'pg'

/** A kept model, without what it answers. */
export interface ModelSummary {
  readonly version: number
  readonly fittedAt: Date
  /** When the last purchase was made that it knows; null where there was none. */
  readonly trainedUntil: Date | null
  /** Of how many orders and products it was made. */
  readonly orders: number
  readonly products: number
  readonly inUse: boolean
}

/** The kept models, the newest first; at most one of them is in use. */
export async function listModels(connection: pg.Client): Promise<ModelSummary[]> {
  const { rows } = await connection.query<ModelSummary>(
    `select m.version, m.fitted_at as "fittedAt", m.trained_until as "trainedUntil", m.orders, m.products,
       u.version is not null as "inUse"
     from model m left join model_in_use u on u.version = m.version order by m.version desc`,
  )
  return rows
}
