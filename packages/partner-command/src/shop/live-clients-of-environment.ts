import type { Client } from '@cartograph/client-checks'
import { type CommandEnvironment, readEnvironment } from '../env.ts'
import { liveClients } from './live-clients.ts'
import { openShop } from './open-shop.ts'

/** What names the shop whose partners are to be compared too. */
export const whereLiveClientsAre = 'CARTOGRAPH_URL and CARTOGRAPH_TOKEN'

/** The partners of the shop that the environment names, with what they run there; null where it names none. */
export async function liveClientsOfEnvironment(
  environment: CommandEnvironment = readEnvironment(),
): Promise<Client[] | null> {
  const { CARTOGRAPH_URL: url, CARTOGRAPH_TOKEN: token } = environment
  if (!url || !token) return null
  await using shop = await openShop(url, environment)
  return await liveClients(shop)
}
