import { composeServices } from '@apollo/composition'
import { parse } from 'graphql'
import { expect, test } from 'vitest'
import { CompiledGateway } from './compiled-gateway.ts'

const federation =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires", "@interfaceObject"])'
const load = (subgraphs: Record<string, string>) => {
  const services = Object.entries(subgraphs).map(([name, text]) => ({
    name,
    url: `http://${name}`,
    typeDefs: parse(`${federation} ${text}`),
  }))
  const transport = { send: async () => ({ data: null }) }
  return new CompiledGateway({ supergraphSdl: composeServices(services).supergraphSdl!, transport }).load()
}
const owner = {
  cars: 'interface Owned @key(fields: "id") { id: ID! weight: Int } type Car implements Owned @key(fields: "id") { id: ID! weight: Int }',
  owners: 'type Query { owned: Owned } type Owned @interfaceObject @key(fields: "id") { id: ID! }',
}

test('a supergraph in which the planner would go round until memory ends is not served', async () => {
  const taxes =
    'type Owned @interfaceObject @key(fields: "id") { id: ID! weight: Int @external tax: Int @requires(fields: "weight") }'
  await expect(load({ ...owner, taxes })).rejects.toThrow(
    'Owned is an interface object of several subgraphs, and has a field with @requires.',
  )
})

test('nor does that refuse one that is close to it', async () => {
  const taxes = 'type Owned @interfaceObject @key(fields: "id") { id: ID! tax: Int }'
  expect((await load({ ...owner, taxes })).schema.getType('Owned')?.name).toBe('Owned')
})
