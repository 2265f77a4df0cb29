// What the commands ask a shop. A test validates each against the committed API.

const refusals = 'userErrors { code message }'

export const signIn = `mutation PartnerCommandSignIn($email: String!, $password: String!) {
  sessionCreate(email: $email, password: $password) { session { accessToken refreshToken } ${refusals} }
}`

export const signOut = `mutation PartnerCommandSignOut($refreshToken: String!) {
  sessionRevoke(refreshToken: $refreshToken) { ${refusals} }
}`

export const partnerNames = `query PartnerNames($after: String) {
  partners(first: 100, after: $after) {
    edges { node { id name scopes } }
    pageInfo { hasNextPage endCursor }
  }
}`

export const partnerList = `query PartnerList($after: String) {
  partners(first: 50, after: $after) {
    edges {
      node {
        name scopes pointsPerMinute
        keys { prefix expiresAt revokedAt }
        manifests(first: 3) { edges { node { version status operationCount } } }
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}`

export const partnerCreate = `mutation PartnerCreate($input: PartnerCreateInput!) {
  partnerCreate(input: $input) { partner { name scopes pointsPerMinute } ${refusals} }
}`

export const partnerKeys = `query PartnerKeys($partnerId: ID!) {
  partner(id: $partnerId) { keys { id prefix revokedAt } }
}`

export const keyCreate = `mutation PartnerKeyCreate($partnerId: ID!, $expiresAt: DateTime) {
  partnerKeyCreate(partnerId: $partnerId, expiresAt: $expiresAt) { key { expiresAt } secret ${refusals} }
}`

export const keyRevoke = `mutation PartnerKeyRevoke($keyId: ID!) {
  partnerKeyRevoke(keyId: $keyId) { key { prefix } ${refusals} }
}`

export const newestManifests = `query NewestManifests($partnerId: ID!) {
  partner(id: $partnerId) { manifests(first: 2) { edges { node { id version status sunsetAt } } } }
}`

const refusedOperations = `userErrors { code message ... on InvalidOperationError { operationId operationName } }`

export const operationsAdd = `mutation PersistedOperationsAdd($partnerId: ID!, $operations: [PersistedOperationInput!]!) {
  persistedOperationsAdd(partnerId: $partnerId, operations: $operations) { added ${refusedOperations} }
}`

export const manifestPublish = `mutation ManifestPublish(
  $partnerId: ID!
  $operations: [ManifestOperationInput!]!
  $sunsetPreviousAt: DateTime
) {
  manifestPublish(partnerId: $partnerId, operations: $operations, sunsetPreviousAt: $sunsetPreviousAt) {
    manifest { id version operationCount }
    ${refusedOperations}
  }
}`

export const partnerUsage = `query PartnerUsage($partnerId: ID!, $days: Int!) {
  partner(id: $partnerId) { usage(days: $days) { operationId name day calls errors points } }
}`

export const manifestPage = `query ManifestPage($partnerId: ID!, $after: String) {
  partner(id: $partnerId) {
    manifests(first: 100, after: $after) {
      edges { cursor node { id status } }
      pageInfo { hasNextPage endCursor }
    }
  }
}`

export const operationPage = `query OperationPage($partnerId: ID!, $afterManifest: String, $after: String) {
  partner(id: $partnerId) {
    manifests(first: 1, after: $afterManifest) {
      edges {
        node {
          id
          operations(first: 100, after: $after) {
            edges { node { id name type body } }
            pageInfo { hasNextPage endCursor }
          }
        }
      }
    }
  }
}`
