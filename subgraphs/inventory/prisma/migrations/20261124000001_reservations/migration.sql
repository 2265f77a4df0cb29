-- CreateEnum
CREATE TYPE "ReservationState" AS ENUM ('HELD', 'COMMITTED', 'RELEASED');

-- AlterEnum
ALTER TYPE "StockMovementReason" ADD VALUE 'SALE';
ALTER TYPE "StockMovementReason" ADD VALUE 'CANCELLATION';

-- AlterTable
ALTER TABLE "stock_level" ADD COLUMN     "backorder_limit" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "reservation" (
    "checkout_id" UUID NOT NULL,
    "state" "ReservationState" NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "reservation_pkey" PRIMARY KEY ("checkout_id")
);

-- CreateTable
CREATE TABLE "reservation_line" (
    "checkout_id" UUID NOT NULL,
    "stock_level_id" UUID NOT NULL,
    "quantity" INTEGER NOT NULL,
    "returned" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "reservation_line_pkey" PRIMARY KEY ("checkout_id","stock_level_id")
);

-- CreateTable
CREATE TABLE "inbox" (
    "key" TEXT NOT NULL,
    "request_hash" BYTEA NOT NULL,
    "result" JSONB,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "inbox_pkey" PRIMARY KEY ("key")
);

-- AddForeignKey
ALTER TABLE "reservation_line" ADD CONSTRAINT "reservation_line_checkout_id_fkey" FOREIGN KEY ("checkout_id") REFERENCES "reservation"("checkout_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reservation_line" ADD CONSTRAINT "reservation_line_stock_level_id_fkey" FOREIGN KEY ("stock_level_id") REFERENCES "stock_level"("id") ON DELETE RESTRICT ON UPDATE CASCADE;


-- What no code path may break: no more is promised than is there or may be owed, and no more is owed than may be.
ALTER TABLE "stock_level" DROP CONSTRAINT "stock_level_quantities_check";
ALTER TABLE "stock_level" ADD CONSTRAINT "stock_level_quantities_check"
    CHECK (0 <= "backorder_limit" AND 0 <= "reserved" AND "reserved" <= "on_hand" + "backorder_limit");
-- The limit is the variant's: two levels that had one would allow twice as much.
CREATE UNIQUE INDEX "stock_level_backorder_key" ON "stock_level"("variant_id") WHERE "backorder_limit" > 0;
-- Only what is sold can be owed; whatever else goes must be there. As text, for a value that ALTER TYPE adds cannot be
-- used before the transaction ends.
ALTER TABLE "stock_movement" DROP CONSTRAINT "stock_movement_delta_check";
ALTER TABLE "stock_movement" ADD CONSTRAINT "stock_movement_delta_check"
    CHECK ("delta" <> 0 AND ("on_hand_after" >= 0 OR "delta" > 0 OR "reason"::text = 'SALE'));
-- What has ended says when, and what holds units has not ended.
ALTER TABLE "reservation" ADD CONSTRAINT "reservation_ended_check" CHECK (("state" = 'HELD') = ("ended_at" IS NULL));
-- No more comes back than was sold.
ALTER TABLE "reservation_line" ADD CONSTRAINT "reservation_line_quantities_check"
    CHECK ("quantity" > 0 AND 0 <= "returned" AND "returned" <= "quantity");
-- Finds what has expired; what has ended, nearly all, is not in it.
CREATE INDEX "reservation_expires_at_idx" ON "reservation"("expires_at", "checkout_id") WHERE "state" = 'HELD';
-- Versions of stock-running-low events. They are drawn while the levels of their variant are locked, so that of one
-- variant a later event has a higher version.
CREATE SEQUENCE "stock_running_low_version";
