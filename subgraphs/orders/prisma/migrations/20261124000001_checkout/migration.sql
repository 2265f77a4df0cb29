-- CreateEnum
CREATE TYPE "CancelReason" AS ENUM ('CUSTOMER', 'OUT_OF_STOCK', 'FRAUD', 'OTHER');

-- CreateEnum
CREATE TYPE "CheckoutState" AS ENUM ('NEW', 'CART_LOCKED', 'STOCK_RESERVED', 'PAYMENT_AUTHORIZED', 'ORDERED', 'PAYMENT_SETTLED');

-- CreateEnum
CREATE TYPE "ShippingRateKind" AS ENUM ('FLAT', 'BY_WEIGHT');

-- A value that ALTER TYPE adds cannot be used before the transaction ends, so the type of the generated state is made anew.
DROP INDEX "customer_order_status_placed_at_id_idx";
ALTER TABLE "customer_order" DROP COLUMN "status";
DROP TYPE "OrderStatus";
CREATE TYPE "OrderStatus" AS ENUM ('CONFIRMED', 'PARTIALLY_FULFILLED', 'FULFILLED', 'CANCELLED', 'REFUNDED');
ALTER TYPE "OrderEventType" ADD VALUE 'PAID';
ALTER TYPE "OrderEventType" ADD VALUE 'SHIPPED';
ALTER TYPE "OrderEventType" ADD VALUE 'PAYMENT_VOIDED';
ALTER TYPE "OrderEventType" ADD VALUE 'REFUNDED';

-- DropIndex
DROP INDEX "order_event_order_id_type_key";

-- AlterTable
ALTER TABLE "customer_order" ADD COLUMN     "cancel_reason" "CancelReason",
ADD COLUMN     "checkout_id" UUID,
ADD COLUMN     "email" TEXT,
ADD COLUMN     "guest_token_hash" BYTEA,
ADD COLUMN     "refunded" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "shipping" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "shipping_address" JSONB,
ADD COLUMN     "shipping_method" TEXT,
ADD COLUMN     "shipping_refunded" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "tax" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "tax_included" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "tax_name" TEXT,
ADD COLUMN     "tax_rate" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "units" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "units_fulfilled" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "units_withdrawn" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 1;

-- AlterTable
ALTER TABLE "order_line" ADD COLUMN     "fulfilled" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "refunded" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "withdrawn" INTEGER NOT NULL DEFAULT 0;

-- What was imported was sent whole or not at all.
UPDATE "order_line" l SET "fulfilled" = "quantity" FROM "customer_order" o WHERE o."id" = l."order_id" AND o."fulfilled_at" IS NOT NULL;
UPDATE "customer_order" o SET "units" = s."units", "units_fulfilled" = s."fulfilled"
FROM (SELECT "order_id", sum("quantity")::int AS "units", sum("fulfilled")::int AS "fulfilled" FROM "order_line" GROUP BY 1) s WHERE s."order_id" = o."id";
ALTER TABLE "customer_order" ALTER COLUMN "units" DROP DEFAULT;

-- Derived, so that no writer can say anything else than what happened, and indexed, so that filters are cheap.
ALTER TABLE "customer_order" ADD COLUMN "status" "OrderStatus" NOT NULL GENERATED ALWAYS AS (
    CASE
        WHEN "cancelled_at" IS NOT NULL THEN 'CANCELLED'::"OrderStatus"
        WHEN "refunded" > 0 AND "refunded" = "total" THEN 'REFUNDED'::"OrderStatus"
        WHEN "fulfilled_at" IS NOT NULL THEN 'FULFILLED'::"OrderStatus"
        WHEN "units_fulfilled" > 0 THEN 'PARTIALLY_FULFILLED'::"OrderStatus"
        ELSE 'CONFIRMED'::"OrderStatus"
    END
) STORED;
CREATE INDEX "customer_order_status_placed_at_id_idx" ON "customer_order"("status", "placed_at", "id");

-- CreateTable
CREATE TABLE "checkout" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "caller" TEXT NOT NULL,
    "idempotency_key" TEXT NOT NULL,
    "request_hash" BYTEA NOT NULL,
    "state" "CheckoutState" NOT NULL DEFAULT 'NEW',
    "undo_state" "CheckoutState",
    "refusal" JSONB,
    "cart_id" UUID NOT NULL,
    "customer_id" UUID,
    "guest_token_hash" BYTEA,
    "request" JSONB NOT NULL,
    "purchase" JSONB,
    "payment_id" TEXT,
    "next_action" JSONB,
    "order_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "checkout_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "payment" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "order_id" UUID NOT NULL,
    "provider" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "authorized_at" TIMESTAMPTZ(3) NOT NULL,
    "captured_at" TIMESTAMPTZ(3),
    "voided_at" TIMESTAMPTZ(3),

    CONSTRAINT "payment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "fulfillment" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "order_id" UUID NOT NULL,
    "tracking_number" TEXT,
    "shipped_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "fulfillment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "fulfillment_line" (
    "fulfillment_id" UUID NOT NULL,
    "order_line_id" UUID NOT NULL,
    "quantity" INTEGER NOT NULL,

    CONSTRAINT "fulfillment_line_pkey" PRIMARY KEY ("fulfillment_id","order_line_id")
);

-- CreateTable
CREATE TABLE "refund" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "order_id" UUID NOT NULL,
    "amount" BIGINT NOT NULL,
    "reason" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "completed_at" TIMESTAMPTZ(3),

    CONSTRAINT "refund_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "refund_line" (
    "refund_id" UUID NOT NULL,
    "order_line_id" UUID NOT NULL,
    "quantity" INTEGER NOT NULL,
    "restocked" BOOLEAN NOT NULL,

    CONSTRAINT "refund_line_pkey" PRIMARY KEY ("refund_id","order_line_id")
);

-- CreateTable
CREATE TABLE "order_request" (
    "caller" TEXT NOT NULL,
    "idempotency_key" TEXT NOT NULL,
    "request_hash" BYTEA NOT NULL,
    "order_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "order_request_pkey" PRIMARY KEY ("caller","idempotency_key")
);

-- CreateTable
CREATE TABLE "shipping_method" (
    "code" TEXT NOT NULL,
    "currency_code" "CurrencyCode" NOT NULL,
    "name" TEXT NOT NULL,
    "kind" "ShippingRateKind" NOT NULL,
    "countries" TEXT[],
    "position" INTEGER NOT NULL,

    CONSTRAINT "shipping_method_pkey" PRIMARY KEY ("code","currency_code")
);

-- CreateTable
CREATE TABLE "shipping_rate" (
    "code" TEXT NOT NULL,
    "currency_code" "CurrencyCode" NOT NULL,
    "up_to_grams" BIGINT NOT NULL,
    "price" INTEGER NOT NULL,

    CONSTRAINT "shipping_rate_pkey" PRIMARY KEY ("code","currency_code","up_to_grams")
);

-- CreateTable
CREATE TABLE "tax_rate" (
    "country_code" CHAR(2) NOT NULL,
    "name" TEXT NOT NULL,
    "rate" INTEGER NOT NULL,
    "included" BOOLEAN NOT NULL,

    CONSTRAINT "tax_rate_pkey" PRIMARY KEY ("country_code")
);

-- CreateTable
CREATE TABLE "sandbox_payment" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "key" TEXT NOT NULL,
    "method" TEXT NOT NULL,
    "currency_code" "CurrencyCode" NOT NULL,
    "amount" BIGINT NOT NULL,
    "status" TEXT NOT NULL,
    "decline_code" TEXT,
    "challenged" BOOLEAN NOT NULL DEFAULT false,
    "faults_left" INTEGER NOT NULL DEFAULT 0,
    "refunded" BIGINT NOT NULL DEFAULT 0,
    "opened_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "sandbox_payment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sandbox_refund" (
    "key" TEXT NOT NULL,
    "payment_id" UUID NOT NULL,
    "amount" BIGINT NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "sandbox_refund_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE UNIQUE INDEX "checkout_order_id_key" ON "checkout"("order_id");

-- CreateIndex
CREATE UNIQUE INDEX "checkout_caller_idempotency_key_key" ON "checkout"("caller", "idempotency_key");

-- CreateIndex
CREATE UNIQUE INDEX "payment_order_id_key" ON "payment"("order_id");

-- CreateIndex
CREATE UNIQUE INDEX "payment_provider_reference_key" ON "payment"("provider", "reference");

-- CreateIndex
CREATE INDEX "fulfillment_order_id_shipped_at_id_idx" ON "fulfillment"("order_id", "shipped_at", "id");

-- CreateIndex
CREATE INDEX "fulfillment_line_order_line_id_idx" ON "fulfillment_line"("order_line_id");

-- CreateIndex
CREATE INDEX "refund_order_id_created_at_id_idx" ON "refund"("order_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "refund_line_order_line_id_idx" ON "refund_line"("order_line_id");

-- CreateIndex
CREATE UNIQUE INDEX "sandbox_payment_key_key" ON "sandbox_payment"("key");

-- CreateIndex
CREATE INDEX "sandbox_refund_payment_id_idx" ON "sandbox_refund"("payment_id");

-- CreateIndex
CREATE UNIQUE INDEX "customer_order_checkout_id_key" ON "customer_order"("checkout_id");

-- CreateIndex
CREATE INDEX "order_event_order_id_at_id_idx" ON "order_event"("order_id", "at", "id");

-- AddForeignKey
ALTER TABLE "payment" ADD CONSTRAINT "payment_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "customer_order"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "fulfillment" ADD CONSTRAINT "fulfillment_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "customer_order"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "fulfillment_line" ADD CONSTRAINT "fulfillment_line_fulfillment_id_fkey" FOREIGN KEY ("fulfillment_id") REFERENCES "fulfillment"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "fulfillment_line" ADD CONSTRAINT "fulfillment_line_order_line_id_fkey" FOREIGN KEY ("order_line_id") REFERENCES "order_line"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "refund" ADD CONSTRAINT "refund_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "customer_order"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "refund_line" ADD CONSTRAINT "refund_line_refund_id_fkey" FOREIGN KEY ("refund_id") REFERENCES "refund"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "refund_line" ADD CONSTRAINT "refund_line_order_line_id_fkey" FOREIGN KEY ("order_line_id") REFERENCES "order_line"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "order_request" ADD CONSTRAINT "order_request_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "customer_order"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "shipping_rate" ADD CONSTRAINT "shipping_rate_code_currency_code_fkey" FOREIGN KEY ("code", "currency_code") REFERENCES "shipping_method"("code", "currency_code") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sandbox_refund" ADD CONSTRAINT "sandbox_refund_payment_id_fkey" FOREIGN KEY ("payment_id") REFERENCES "sandbox_payment"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What no code path may break.
ALTER TABLE "checkout" ADD CONSTRAINT "checkout_request_hash_check" CHECK (octet_length("request_hash") = 32);
ALTER TABLE "checkout" ADD CONSTRAINT "checkout_guest_token_hash_check" CHECK (octet_length("guest_token_hash") = 32);
-- A user or a guest, never both.
ALTER TABLE "checkout" ADD CONSTRAINT "checkout_buyer_check" CHECK (num_nonnulls("customer_id", "guest_token_hash") = 1);
-- Undone only when refused; refused never once there is an order; ended when undone to the beginning, or when paid.
ALTER TABLE "checkout" ADD CONSTRAINT "checkout_course_check" CHECK (
    ("refusal" IS NULL) = ("undo_state" IS NULL)
    AND ("refusal" IS NULL OR "state" < 'ORDERED')
    AND (("state" >= 'ORDERED') = ("order_id" IS NOT NULL))
    AND (("state" >= 'CART_LOCKED') <= ("purchase" IS NOT NULL))
    AND ("ended_at" IS NULL OR "undo_state" = 'NEW' OR "state" = 'PAYMENT_SETTLED')
);
CREATE INDEX "checkout_payment_id_idx" ON "checkout"("payment_id");

ALTER TABLE "customer_order" ADD CONSTRAINT "customer_order_guest_token_hash_check" CHECK (octet_length("guest_token_hash") = 32);
ALTER TABLE "customer_order" ADD CONSTRAINT "customer_order_costs_check" CHECK (
    "shipping" BETWEEN 0 AND 9007199254740991 AND "tax" BETWEEN 0 AND 9007199254740991
    AND "total" = "subtotal" + "shipping" + CASE WHEN "tax_included" THEN 0 ELSE "tax" END
);
-- Never gives back more than was to pay.
ALTER TABLE "customer_order" ADD CONSTRAINT "customer_order_refunded_check" CHECK ("refunded" BETWEEN 0 AND "total");
ALTER TABLE "customer_order" ADD CONSTRAINT "customer_order_units_check" CHECK (
    "units_fulfilled" >= 0 AND "units_withdrawn" >= 0 AND "units_fulfilled" + "units_withdrawn" <= "units"
);
ALTER TABLE "order_line" ADD CONSTRAINT "order_line_counters_check" CHECK (
    "fulfilled" >= 0 AND "withdrawn" >= 0 AND "fulfilled" + "withdrawn" <= "quantity" AND "refunded" BETWEEN "withdrawn" AND "quantity"
);
ALTER TABLE "payment" ADD CONSTRAINT "payment_amount_check" CHECK ("amount" > 0);
-- Money is taken or let go of, never both.
ALTER TABLE "payment" ADD CONSTRAINT "payment_outcome_check" CHECK ("captured_at" IS NULL OR "voided_at" IS NULL);
ALTER TABLE "refund" ADD CONSTRAINT "refund_amount_check" CHECK ("amount" >= 0);
ALTER TABLE "fulfillment_line" ADD CONSTRAINT "fulfillment_line_quantity_check" CHECK ("quantity" > 0);
ALTER TABLE "refund_line" ADD CONSTRAINT "refund_line_quantity_check" CHECK ("quantity" > 0);
ALTER TABLE "order_request" ADD CONSTRAINT "order_request_hash_check" CHECK (octet_length("request_hash") = 32);
ALTER TABLE "shipping_rate" ADD CONSTRAINT "shipping_rate_check" CHECK ("up_to_grams" > 0 AND "price" >= 0);
ALTER TABLE "tax_rate" ADD CONSTRAINT "tax_rate_check" CHECK ("rate" BETWEEN 0 AND 10000);
ALTER TABLE "sandbox_payment" ADD CONSTRAINT "sandbox_payment_check" CHECK (
    "amount" > 0 AND "refunded" BETWEEN 0 AND "amount"
    AND "status" IN ('OPENED', 'ACTION_REQUIRED', 'AUTHORIZED', 'CAPTURED', 'VOIDED', 'DECLINED')
);
ALTER TABLE "sandbox_refund" ADD CONSTRAINT "sandbox_refund_check" CHECK ("amount" > 0);

-- What a reconciliation reads.
CREATE INDEX "sandbox_payment_unsettled_idx" ON "sandbox_payment"("opened_at", "id") WHERE "status" IN ('OPENED', 'ACTION_REQUIRED', 'AUTHORIZED');

-- A shop starts with these; they are rows, to be changed as the shop needs it.
INSERT INTO "shipping_method" ("code", "currency_code", "name", "kind", "countries", "position")
SELECT code, currency, name, kind::"ShippingRateKind", countries, position
FROM (VALUES
    ('standard', 'Standard', 'FLAT', '{}'::text[], 1),
    ('express', 'Express', 'FLAT', '{GB,IE,FR,DE,NL,BE,ES,IT,US}'::text[], 2),
    ('parcel', 'Parcel by weight', 'BY_WEIGHT', '{}'::text[], 3)
) AS method (code, name, kind, countries, position), unnest(enum_range(NULL::"CurrencyCode")) AS currency;
INSERT INTO "shipping_rate" ("code", "currency_code", "up_to_grams", "price")
SELECT code, currency, grams, price
FROM (VALUES
    ('standard', 9007199254740991, 495), ('express', 9007199254740991, 1295),
    ('parcel', 1000, 395), ('parcel', 5000, 695), ('parcel', 20000, 1495), ('parcel', 100000, 3995)
) AS rate (code, grams, price), unnest(enum_range(NULL::"CurrencyCode")) AS currency;
INSERT INTO "tax_rate" ("country_code", "name", "rate", "included") VALUES
    ('GB', 'VAT', 2000, true), ('IE', 'VAT', 2300, true), ('FR', 'TVA', 2000, true), ('DE', 'MwSt.', 1900, true),
    ('NL', 'btw', 2100, true), ('BE', 'btw', 2100, true), ('ES', 'IVA', 2100, true), ('IT', 'IVA', 2200, true),
    ('CH', 'MwSt.', 810, true), ('AU', 'GST', 1000, true), ('NO', 'MVA', 2500, false), ('CA', 'GST', 500, false),
    ('US', 'Sales tax', 725, false);
