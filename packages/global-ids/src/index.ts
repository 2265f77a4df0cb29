import { requestError } from '@cartograph/error-catalogue'
import { TypeID } from 'typeid-js'

/**
 * The prefix of each entity's global ids. An id is a TypeID (https://github.com/jetify-com/typeid): the prefix and the
 * UUIDv7 of the row in base32. Clients treat it as opaque.
 */
export const idPrefixes = {
  Address: 'addr',
  Cart: 'cart',
  CartLine: 'cline',
  Category: 'cat',
  Checkout: 'chk',
  DeviceSession: 'sess',
  Fulfillment: 'ful',
  Manifest: 'man',
  Order: 'order',
  OrderLine: 'oline',
  Partner: 'part',
  PartnerEvent: 'pev',
  PartnerKey: 'pkey',
  Payment: 'pay',
  PersonalData: 'pdata',
  Product: 'prod',
  ProductVariant: 'var',
  Refund: 'ref',
  SecurityEvent: 'sev',
  StockLevel: 'stock',
  StockLocation: 'loc',
  User: 'user',
  WebhookDelivery: 'whd',
  WebhookEndpoint: 'whe',
} as const

export type EntityName = keyof typeof idPrefixes

/** What is shown with something else and cannot be asked for by its id alone. */
const partsOfOthers = [
  'Checkout',
  'DeviceSession',
  'Fulfillment',
  'OrderLine',
  'PartnerEvent',
  'PartnerKey',
  'Payment',
  'Refund',
  'SecurityEvent',
  'WebhookDelivery',
  'WebhookEndpoint',
] as const satisfies EntityName[]
type PartName = (typeof partsOfOthers)[number]

/** What can be asked for by its id alone. */
export type NodeName = Exclude<EntityName, PartName>

const entityOfPrefix = new Map(
  Object.entries(idPrefixes).map(([entity, prefix]) => [prefix as string, entity as EntityName]),
)

/** The global id of the row `uuid` of `entity`. Throws a plain Error when `uuid` is no UUID: that is a fault of ours. */
export function toGlobalId(entity: EntityName, uuid: string): string {
  return remembered(globalIds[entity], uuid, () => TypeID.fromUUID(idPrefixes[entity], uuid).toString())
}

/** The row's UUID. Throws INVALID_ID when `id` is damaged or belongs to another type. */
export function fromGlobalId(entity: EntityName, id: string): string {
  const uuid = tryFromGlobalId(entity, id)
  if (uuid === null)
    throw requestError('INVALID_ID', `${quote(id)} is not the id of a ${entity}.`, { expected: entity })
  return uuid
}

/** As fromGlobalId, but null instead of an error. */
export function tryFromGlobalId(entity: EntityName, id: string): string | null {
  try {
    return remembered(uuids[entity], id, () => TypeID.fromString(id, idPrefixes[entity]).toUUID())
  } catch {
    return null
  }
}

/** Ids that are remembered of each type and direction; a page shows the same few thousand again and again. */
const mostRemembered = 10_000
const perEntity = () =>
  Object.fromEntries(Object.keys(idPrefixes).map((entity) => [entity, new Map()])) as Record<
    EntityName,
    Map<string, string>
  >
const globalIds = perEntity()
const uuids = perEntity()

/** Converting an id takes 3 to 6 µs, a list has dozens of them, and what an id converts to never changes. */
function remembered(known: Map<string, string>, key: string, convert: () => string): string {
  const found = known.get(key)
  if (found !== undefined) return found
  const made = convert()
  if (known.size >= mostRemembered) known.clear()
  known.set(key, made)
  return made
}

/**
 * The type that `id` says it belongs to, which is one that `node(id)` can answer. Throws INVALID_ID when no such type
 * has this id.
 */
export function nodeTypeOfGlobalId(id: string): NodeName {
  const entity = entityOfPrefix.get(id.slice(0, Math.max(0, id.lastIndexOf('_'))))
  if (!entity || isPart(entity)) throw requestError('INVALID_ID', `${quote(id)} is not an id of this shop.`)
  fromGlobalId(entity, id)
  return entity
}

const isPart = (entity: EntityName): entity is PartName => (partsOfOthers as readonly EntityName[]).includes(entity)

/** What a client sent, short enough to be repeated to it. */
function quote(id: string): string {
  return JSON.stringify(id.length > 60 ? `${id.slice(0, 60)}…` : id)
}
