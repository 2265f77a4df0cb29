import { demandHalfLives } from '@cartograph/recommender'

/**
 * Demand is the count of the orders of a product, each with a weight that halves every h days: Σ 2^((t - now) / h), with
 * t the days since 1970 at which an order was placed. Kept is log2 of Σ 2^(t / h), the same but for the factor
 * 2^(-now / h), so that what is kept changes with an order and never with time, and ranks the same at any time. "Forward
 * decay": Cormode, Shkapenyuk, Srivastava, Xu, "Forward Decay: A Practical Time Decay Model for Streaming Systems", ICDE
 * 2009. The logarithm is because the sum itself is beyond what a float holds.
 */
export const halfLifeDays = demandHalfLives

/** Days since 1970 of an instant. */
export const daysOf = (instant: string) => `(extract(epoch from ${instant})::float8 / 86400)`

/** 2^x. A float holds nothing much below 2^-1000, and PostgreSQL takes that for an error; next to 1 it is nothing. */
export const powerOfTwo = (exponent: string) => `power(2::float8, greatest(${exponent}, -1000))`

/** The count at an instant of what is kept as `recent`. */
export const recentCountAt = (recent: string, instant: string) =>
  powerOfTwo(`${recent} - ${daysOf(instant)} / ${halfLifeDays.recent}`)

/** log2(2^a + 2^b), of which neither power need be a number that a float holds. */
export const logOfSum = (a: string, b: string) =>
  `(greatest(${a}, ${b}) + ln(1 + ${powerOfTwo(`-abs(${a} - ${b})`)}) / ln(2::float8))`

/**
 * The rows of product_demand, without changed_at, that follow from the purchases for which `condition` holds. Sums are
 * taken in one order, so that the same purchases give the same digits.
 */
export const demandOfPurchases = (condition: string) => `
  select product_id, ${logOfDecayed(halfLifeDays.recent)} as recent, ${logOfDecayed(halfLifeDays.lately)} as lately,
    count(*)::int as orders, max(at) as last_at
  from (
    select product_id, order_id, at, ${daysOf('at')} as day, max(${daysOf('at')}) over (partition by product_id) as last_day
    from purchase where ${condition}
  ) as dated
  group by product_id, last_day`

const logOfDecayed = (days: number) =>
  `last_day / ${days} + ln(sum(${powerOfTwo(`(day - last_day) / ${days}`)} order by day, order_id)) / ln(2::float8)`

/** The rest of an INSERT of such rows: what has not changed is not written. */
export const orElseRecounted = `
  on conflict (product_id) do update set recent = excluded.recent, lately = excluded.lately, orders = excluded.orders,
    last_at = excluded.last_at, changed_at = excluded.changed_at
  where (d.recent, d.lately, d.orders, d.last_at)
    is distinct from (excluded.recent, excluded.lately, excluded.orders, excluded.last_at)`
