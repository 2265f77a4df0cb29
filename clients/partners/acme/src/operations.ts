import { graphql } from './generated/gql.ts'

/** A page of what the shop sells, with prices and whether it can be bought. */
export const productFeed = graphql(`
  query ProductFeed($first: Int! = 50, $after: String) {
    products(first: $first, after: $after, sort: NEWEST) {
      edges {
        node {
          id
          title
          slug
          variants {
            id
            sku
            price {
              amount
              currencyCode
            }
            availability {
              status
            }
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`)

/** What of an order is still to be sent, and where to. */
export const orderToSend = graphql(`
  query OrderToSend($orderId: ID!) {
    order(id: $orderId) {
      id
      number
      shippingAddress {
        fullName
        line1
        line2
        city
        postalCode
        countryCode
      }
      lines {
        id
        title
        quantity
        fulfilledQuantity
        refundedQuantity
        variant {
          sku
        }
      }
    }
  }
`)

/** Tells the shop that units are on their way. */
export const sendOrder = graphql(`
  mutation SendOrder(
    $orderId: ID!
    $lines: [FulfillmentLineInput!]!
    $trackingNumber: String!
    $idempotencyKey: String!
  ) {
    orderFulfill(orderId: $orderId, lines: $lines, trackingNumber: $trackingNumber, idempotencyKey: $idempotencyKey) {
      order {
        id
        status
      }
      userErrors {
        code
        message
      }
    }
  }
`)
