/** The API that clients see, as the last commit that was allowed to change it left it. */
export const apiFile = 'gateway/api.graphql'
/** What of it partners see, with every scope that there is. */
export const partnerApiFile = 'gateway/partner-api.graphql'
/** Where it may break, and why. */
export const apiBreaksFile = 'gateway/api-breaks.txt'
