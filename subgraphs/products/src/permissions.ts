import type { Permissions } from '@cartograph/viewer'

const catalogue = 'The published catalogue is public; drafts are filtered out for those without products:read.'

export const permissions: Permissions = {
  rules: {},
  publicRootFields: {
    'Query.product': catalogue,
    'Query.productBySlug': catalogue,
    'Query.products': catalogue,
    'Query.category': catalogue,
    'Query.categoryBySlug': catalogue,
    'Query.categories': catalogue,
  },
}
