import { federation } from './federation.ts'

/**
 * Value types and root fields of several subgraphs, @provides, @override, custom scalars that hold any JSON. Of a hotel's
 * rooms, objects without a key, two subgraphs have a part each.
 */
export const sharedValues = {
  name: 'shared-values',
  depth: 4,
  subgraphs: {
    stays: `${federation}
      scalar Json
      type Query { hotel: Hotel @shareable hotels(near: Position): [Hotel!] now: Json @shareable viewer: Guest! @shareable }
      input Position { lat: Float! = 0 long: Float! notes: [String] extra: Json }
      type Hotel @key(fields: "id") {
        id: ID! name: String @shareable rooms: [Room!]! @shareable city: City @provides(fields: "name mayor { name }") meta: Json price: Money stars: Int @override(from: "places")
      }
      type Room { door: Door @shareable number: Int! beds: [Bed] price: Money! extras: [[Json]] }
      type Bed { kind: BedKind! width: Int }
      type Door { colour: String }
      enum BedKind { SINGLE DOUBLE }
      type Money @shareable { amount: Float! currency: String! parts: [Money!] }
      type City @key(fields: "id") { id: ID! name: String! @external mayor: Guest @external }
      type Guest @key(fields: "id") { id: ID! name: String @external stays: [Hotel] }
    `,
    places: `${federation}
      scalar Json
      type Query { city(id: ID, at: Json): City cities: [City] now: Json @shareable hotel: Hotel @shareable }
      type City @key(fields: "id") { id: ID! name: String! @shareable mayor: Guest @shareable tax: Money hotels: [Hotel!]! tags: Json @shareable }
      type Hotel @key(fields: "id") {
        id: ID! name: String @shareable stars: Int near: [City!] score: Float! rooms: [Room!]! @shareable
      }
      type Room { area: Float door: Door @shareable }
      type Door { code: Int! }
      type Money @shareable { amount: Float! currency: String! parts: [Money!] }
      type Guest @key(fields: "id") { id: ID! name: String @shareable }
    `,
    guests: `${federation}
      scalar Json
      type Query { viewer: Guest! @shareable guests(first: Int): [Guest] }
      type Guest @key(fields: "id") { id: ID! name: String @shareable friends: [Guest!] budget: Money settings: Json home: City score: Float! @override(from: "nobody") }
      type City @key(fields: "id") { id: ID! guests: [Guest!]! tags: Json @shareable }
      type Money @shareable { amount: Float! currency: String! parts: [Money!] }
      type Hotel @key(fields: "id") { id: ID! score: Float! @override(from: "places") guests: [Guest]! @deprecated }
    `,
  },
}
