import { federation } from './federation.ts'

/** Mutations of several subgraphs, one after the other, whose payloads go on into other subgraphs. */
export const mutations = {
  name: 'mutations',
  depth: 4,
  subgraphs: {
    todos: `${federation}
      type Query { todos: [Todo] }
      type Mutation { addTodo(title: String!, tags: [String!]): Payload clear: Boolean! move(id: ID!, to: Int = 1): Todo! }
      interface Payload { errors: [String!]! }
      type Added implements Payload { errors: [String!]! todo: Todo! }
      type Refused implements Payload { errors: [String!]! because: String }
      type Todo @key(fields: "id") { id: ID! title: String! list: List }
      type List @key(fields: "id") { id: ID! }
    `,
    lists: `${federation}
      type Query { lists: [List!] }
      type Mutation { addList(input: ListInput!): List rename(id: ID!, name: String): List! drop: Int }
      input ListInput { name: String! parent: ListInput labels: [[String]] }
      type List @key(fields: "id") { id: ID! name: String! todos: [Todo!]! owner: User }
      type Todo @key(fields: "id") { id: ID! position: Int }
      type User @key(fields: "id") { id: ID! }
    `,
    users: `${federation}
      type Query { me: User }
      type Mutation { signIn(name: String): User }
      type User @key(fields: "id") { id: ID! name: String lists: [List!] }
      type List @key(fields: "id") { id: ID! shared: Boolean }
    `,
  },
}
