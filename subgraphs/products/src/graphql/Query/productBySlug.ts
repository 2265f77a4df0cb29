import type { QueryResolvers } from '../../generated/resolvers.ts'
import { visible } from '../visible.ts'

export const productBySlug: QueryResolvers['productBySlug'] = async (_, { slug }, context) =>
  visible(await context.loaders.productBySlug.load(slug), context)
