import pg from 'pg'

/** What requests are made of, as UUIDs. */
export interface StoredShop {
  /** Who has bought anything. */
  readonly customerIds: readonly string[]
  readonly productIds: readonly string[]
  readonly variantIds: readonly string[]
}

/** The model that answers are taken from. */
export interface ModelInUse {
  readonly version: number
  readonly bytes: number
}

/** Reads the database of recommendations, as its superuser, so that no statement of this counts as the service's. */
export class StoredShopReader {
  readonly #connection: pg.Client

  private constructor(connection: pg.Client) {
    this.#connection = connection
  }

  static async connect(superuserUrl: string): Promise<StoredShopReader> {
    const connection = new pg.Client({ connectionString: superuserUrl })
    await connection.connect()
    return new StoredShopReader(connection)
  }

  /** Ids in ascending order, so that what is drawn from them by a seed is the same at each run. */
  async readShop(): Promise<StoredShop> {
    const ids = async (query: string) => {
      const { rows } = await this.#connection.query<{ id: string }>(query)
      return rows.map(({ id }) => id)
    }
    return {
      customerIds: await ids('select distinct user_id as id from purchase where user_id is not null order by user_id'),
      productIds: await ids('select id from product where active order by id'),
      variantIds: await ids(
        'select v.id from variant v join product p on p.id = v.product_id where p.active order by v.id',
      ),
    }
  }

  /** Throws where there is none that can rank. */
  async readModelInUse(): Promise<ModelInUse> {
    const { rows } = await this.#connection.query<{ version: number; bytes: number | null }>(
      'select m.version, octet_length(m.artifact) as bytes from model_in_use u join model m on m.version = u.version',
    )
    const [model] = rows
    if (model === undefined || model.bytes === null)
      throw new Error('No model is in use that can rank; remove the folder of --data-dir, and it is loaded anew.')
    return { version: model.version, bytes: model.bytes }
  }

  close(): Promise<void> {
    return this.#connection.end()
  }
}
