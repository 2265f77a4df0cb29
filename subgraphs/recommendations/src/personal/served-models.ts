import { decodeModel, type Model } from '@cartograph/recommender'
import type { PrismaClient } from '../database.ts'
import { type DemandAt, FollowedDemand } from './followed-demand.ts'

interface LoadedModel {
  readonly model: Model
  /** The product that each item number stands for, and the other way round. */
  readonly productIds: readonly string[]
  readonly itemOf: ReadonlyMap<string, number>
}

/** A model in memory, with how much each of its products is bought. Never changed once made. */
export type ServedModel = LoadedModel & DemandAt

type ModelInMemory = LoadedModel & { readonly followed: FollowedDemand }

/** While one takes the place of another, both are asked for. */
const keptModels = 2

/**
 * The models of the database as this process has them in memory. Whoever asks names the version that is in use, which
 * they have read with the rest of what they need: an answer comes of one model alone, and of the one in use when it was
 * begun. A model is read once, however many ask for it at the same time; demand as it changes, at most twice a second.
 */
export class ServedModels {
  readonly #db: PrismaClient
  /** By version, the one asked for last at the end. */
  readonly #models = new Map<number, Promise<ModelInMemory | null>>()

  constructor(db: PrismaClient) {
    this.#db = db
  }

  /** The model of this version; null where it cannot rank, having come from an earlier release, or is gone. */
  async get(version: number): Promise<ServedModel | null> {
    const inMemory = await this.#inMemory(version)
    if (inMemory === null) return null
    const { followed, ...loaded } = inMemory
    return { ...loaded, ...(await followed.current()) }
  }

  #inMemory(version: number): Promise<ModelInMemory | null> {
    const model = this.#models.get(version) ?? this.#begin(version)
    this.#models.delete(version)
    this.#models.set(version, model)
    for (const other of this.#models.keys()) if (this.#models.size > keptModels) this.#models.delete(other)
    return model
  }

  #begin(version: number): Promise<ModelInMemory | null> {
    const loading = this.#load(version)
    loading.catch(() => {
      // Whoever asks next tries again.
      if (this.#models.get(version) === loading) this.#models.delete(version)
    })
    return loading
  }

  async #load(version: number): Promise<ModelInMemory | null> {
    const row = await this.#db.model.findUnique({ where: { version }, select: { productIds: true, artifact: true } })
    const model = row?.artifact ? decodeModel(row.artifact) : null
    if (!row || model === null) return null
    const itemOf = new Map(row.productIds.map((productId, item) => [productId, item]))
    return { model, productIds: row.productIds, itemOf, followed: new FollowedDemand(this.#db, itemOf) }
  }
}
