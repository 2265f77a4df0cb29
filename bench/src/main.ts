import { benchCheckout } from './checkout/bench-checkout.ts'
import { benchGateway } from './gateway/bench-gateway.ts'
import { benchRecommendations } from './recommendations/bench-recommendations.ts'
import { benchShop } from './shop/bench-shop.ts'
import { benchKeptAnswers } from './kept-answers/bench-kept-answers.ts'
import { benchPartners } from './partners/bench-partners.ts'
import { benchVerify } from './verify/bench-verify.ts'

const benches: Record<string, (args: string[]) => Promise<void>> = {
  shop: benchShop,
  checkout: benchCheckout,
  verify: benchVerify,
  'kept-answers': benchKeptAnswers,
  partners: benchPartners,
  recommendations: benchRecommendations,
  gateway: benchGateway,
}

/** `pnpm bench NAME`: measures, and prints a table with the commit and the machine. */
export async function main([name = '', ...args]: string[]): Promise<void> {
  const bench = Object.hasOwn(benches, name) ? benches[name] : undefined
  if (!bench) {
    console.error(`There is no bench "${name}". There are: ${Object.keys(benches).join(', ')}.`)
    process.exit(1)
  }
  try {
    await bench(args)
  } catch (error) {
    console.error((error as Error).message)
    process.exit(1)
  }
}
