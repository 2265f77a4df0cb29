-- CreateEnum
CREATE TYPE "CurrencyCode" AS ENUM ('EUR', 'GBP', 'USD');

-- CreateEnum
CREATE TYPE "OrderStatus" AS ENUM ('CONFIRMED', 'FULFILLED', 'CANCELLED');

-- CreateEnum
CREATE TYPE "OrderEventType" AS ENUM ('PLACED', 'FULFILLED', 'CANCELLED');

-- CreateTable
CREATE TABLE "customer_order" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "number" TEXT NOT NULL,
    "customer_id" UUID,
    "currency_code" "CurrencyCode" NOT NULL,
    "subtotal" BIGINT NOT NULL,
    "total" BIGINT NOT NULL,
    "placed_at" TIMESTAMPTZ(3) NOT NULL,
    "fulfilled_at" TIMESTAMPTZ(3),
    "cancelled_at" TIMESTAMPTZ(3),
    -- Derived, so that no writer can say anything else than what happened, and indexed, so that filters are cheap.
    "status" "OrderStatus" NOT NULL GENERATED ALWAYS AS (
        CASE
            WHEN "cancelled_at" IS NOT NULL THEN 'CANCELLED'::"OrderStatus"
            WHEN "fulfilled_at" IS NOT NULL THEN 'FULFILLED'::"OrderStatus"
            ELSE 'CONFIRMED'::"OrderStatus"
        END
    ) STORED,

    CONSTRAINT "customer_order_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "order_line" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "order_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "variant_id" UUID NOT NULL,
    "product_id" UUID NOT NULL,
    "sku" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "quantity" INTEGER NOT NULL,
    "unit_price" BIGINT NOT NULL,

    CONSTRAINT "order_line_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "order_event" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "order_id" UUID NOT NULL,
    "type" "OrderEventType" NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "message" TEXT NOT NULL,

    CONSTRAINT "order_event_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "customer_order_number_key" ON "customer_order"("number");

-- CreateIndex
CREATE INDEX "customer_order_placed_at_id_idx" ON "customer_order"("placed_at", "id");

-- CreateIndex
CREATE INDEX "customer_order_status_placed_at_id_idx" ON "customer_order"("status", "placed_at", "id");

-- CreateIndex
CREATE INDEX "customer_order_customer_id_placed_at_id_idx" ON "customer_order"("customer_id", "placed_at", "id");

-- CreateIndex
CREATE INDEX "order_line_product_id_order_id_idx" ON "order_line"("product_id", "order_id");

-- CreateIndex
CREATE UNIQUE INDEX "order_line_order_id_position_key" ON "order_line"("order_id", "position");

-- CreateIndex
CREATE UNIQUE INDEX "order_event_order_id_type_key" ON "order_event"("order_id", "type");

-- AddForeignKey
ALTER TABLE "order_line" ADD CONSTRAINT "order_line_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "customer_order"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "order_event" ADD CONSTRAINT "order_event_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "customer_order"("id") ON DELETE RESTRICT ON UPDATE CASCADE;


-- What no code path may break. Amounts stay below 2^53, where JavaScript counts exactly; divided, because a product of
-- two large columns would overflow before it is compared.
ALTER TABLE "customer_order" ADD CONSTRAINT "customer_order_amounts_check" CHECK ("subtotal" BETWEEN 0 AND 9007199254740991 AND "total" BETWEEN 0 AND 9007199254740991);
ALTER TABLE "customer_order" ADD CONSTRAINT "customer_order_outcome_check" CHECK ("fulfilled_at" IS NULL OR "cancelled_at" IS NULL);
ALTER TABLE "customer_order" ADD CONSTRAINT "customer_order_course_check" CHECK ("fulfilled_at" >= "placed_at" AND "cancelled_at" >= "placed_at");
ALTER TABLE "order_line" ADD CONSTRAINT "order_line_position_check" CHECK ("position" >= 0);
ALTER TABLE "order_line" ADD CONSTRAINT "order_line_amounts_check" CHECK ("quantity" > 0 AND "unit_price" BETWEEN 0 AND 9007199254740991 / "quantity");
