import { resolveUserErrorType } from '@cartograph/error-catalogue'
import { DateTime, Decimal, moneyResolvers } from '@cartograph/service-runtime'
import type { Resolvers } from '../generated/resolvers.ts'
import { Checkout } from './Checkout.ts'
import { CheckoutQuote } from './CheckoutQuote.ts'
import { Fulfillment } from './Fulfillment.ts'
import { FulfillmentLine } from './FulfillmentLine.ts'
import { checkoutComplete } from './Mutation/checkoutComplete.ts'
import { checkoutContinue } from './Mutation/checkoutContinue.ts'
import { orderCancel } from './Mutation/orderCancel.ts'
import { orderFulfill } from './Mutation/orderFulfill.ts'
import { orderRefund } from './Mutation/orderRefund.ts'
import { Order } from './Order.ts'
import { OrderConnection } from './OrderConnection.ts'
import { OrderLine } from './OrderLine.ts'
import { OrderTax } from './OrderTax.ts'
import { Payment } from './Payment.ts'
import { PersonalData } from './PersonalData.ts'
import { Product } from './Product.ts'
import { checkout } from './Query/checkout.ts'
import { checkoutQuote } from './Query/checkoutQuote.ts'
import { order } from './Query/order.ts'
import { orders } from './Query/orders.ts'
import { Refund } from './Refund.ts'
import { RefundLine } from './RefundLine.ts'
import { ShippingOption } from './ShippingOption.ts'
import { User } from './User.ts'
import { NotForSaleError, OutOfStockError } from './variant-errors.ts'

export const resolvers: Resolvers = {
  Query: { order, orders, checkout, checkoutQuote },
  Mutation: { checkoutComplete, checkoutContinue, orderCancel, orderFulfill, orderRefund },
  Checkout,
  CheckoutQuote,
  Fulfillment,
  FulfillmentLine,
  Order,
  OrderConnection,
  OrderLine,
  OrderTax,
  Payment,
  PersonalData,
  Product,
  Refund,
  RefundLine,
  ShippingOption,
  User,
  NotForSaleError,
  OutOfStockError,
  Money: moneyResolvers,
  UserError: { __resolveType: resolveUserErrorType },
  DateTime,
  Decimal,
}
