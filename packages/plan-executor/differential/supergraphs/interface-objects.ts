import { federation } from './federation.ts'

/** Interfaces with keys, which other subgraphs know as one object type. */
export const interfaceObjects = {
  name: 'interface-objects',
  depth: 4,
  subgraphs: {
    vehicles: `${federation}
      type Query { vehicles(first: Int): [Vehicle!]! vehicle(id: ID!): Vehicle cars: [Car] }
      interface Vehicle @key(fields: "id") { id: ID! wheels: Int name: String! next: Vehicle }
      type Car implements Vehicle @key(fields: "id") { id: ID! wheels: Int name: String! doors: Int next: Vehicle }
      type Bike implements Vehicle @key(fields: "id") { id: ID! wheels: Int name: String! bell: Boolean! next: Vehicle }
      type Truck implements Vehicle @key(fields: "id") { id: ID! wheels: Int name: String! load: Float next: Vehicle trailers: [Vehicle] }
    `,
    owners: `${federation}
      type Query { owned: [Vehicle] owners: [Owner!] }
      type Vehicle @interfaceObject @key(fields: "id") { id: ID! owner: Owner keys(first: Int! = 1): [String!] }
      type Owner @key(fields: "id") { id: ID! name: String vehicles: [Vehicle!]! best: Vehicle }
    `,
    insurers: `${federation}
      type Query { insured: [[Vehicle!]] }
      type Vehicle @interfaceObject @key(fields: "id") {
        id: ID! policy: Policy claims: [Claim!]
      }
      type Policy { number: Int! covers: Vehicle! holder: Owner }
      type Claim { amount: Float! at: String vehicle: Vehicle }
      type Owner @key(fields: "id") { id: ID! risk: Int! }
    `,
  },
}

/**
 * What an interface object requires of its interface. It contributes one field: of two, the planner requires what
 * the one needs for the other too, of entities that were not asked for it. And it has no root fields: from an interface object through a
 * fragment on one of the interface's types to a field with @requires, the planner goes round until memory ends.
 */
export const interfaceObjectRequires = {
  name: 'interface-object-requires',
  depth: 4,
  subgraphs: {
    rooms: `${federation}
      type Query { rooms(first: Int): [Room!]! room: Room suites: [Suite] }
      interface Room @key(fields: "id") { id: ID! floor: Int area: Area next: Room }
      type Suite implements Room @key(fields: "id") { id: ID! floor: Int area: Area next: Room bath: String }
      type Office implements Room @key(fields: "id") { id: ID! floor: Int area: Area next: Room desks: [Desk!] }
      type Area { size: Float! unit: String }
      type Desk @key(fields: "number") { number: Int! room: Room }
    `,
    prices: `${federation}
      type Room @interfaceObject @key(fields: "id") {
        id: ID! floor: Int @external area: Area @external
        price(nights: Int! = 1): Float! @requires(fields: "floor area { size unit }")
      }
      type Area @external { size: Float! unit: String }
      type Desk @key(fields: "number") { number: Int! rent: Float }
    `,
  },
}
