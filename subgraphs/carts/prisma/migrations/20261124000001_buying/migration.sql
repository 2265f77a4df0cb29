-- AlterEnum
-- Nothing in this transaction may use a value that it adds.
ALTER TYPE "CartStatus" ADD VALUE 'MERGED';
ALTER TYPE "CartStatus" ADD VALUE 'ABANDONED';

-- AlterTable
ALTER TABLE "cart" ADD COLUMN     "locked_by" UUID,
ADD COLUMN     "merged_into" UUID;

-- AlterTable
-- The release before this one still writes lines without a current price, so it may be null: then it is the unit price.
ALTER TABLE "cart_line" ADD COLUMN     "current_unit_price" INTEGER,
ADD COLUMN     "price_version" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "ended_checkout" (
    "checkout_id" UUID NOT NULL,
    "ended_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ended_checkout_pkey" PRIMARY KEY ("checkout_id")
);

-- CreateTable
CREATE TABLE "inbox" (
    "key" TEXT NOT NULL,
    "request_hash" BYTEA NOT NULL,
    "result" JSONB,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "inbox_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE UNIQUE INDEX "cart_token_hash_key" ON "cart"("token_hash");

-- CreateIndex
CREATE INDEX "cart_line_variant_id_idx" ON "cart_line"("variant_id");


-- What no code path may break: a checkout holds what can still be bought, and lets go of what was.
ALTER TABLE "cart" ADD CONSTRAINT "cart_locked_by_check" CHECK ("locked_by" IS NULL OR "status" = 'ACTIVE');
-- A guest's cart alone is merged, into another one.
ALTER TABLE "cart" ADD CONSTRAINT "cart_merged_into_check" CHECK ("merged_into" IS NULL OR ("token_hash" IS NOT NULL AND "merged_into" <> "id"));
ALTER TABLE "cart_line" ADD CONSTRAINT "cart_line_current_price_check" CHECK ("current_unit_price" >= 0 AND "price_version" >= 0);
-- What the sweep of abandoned carts looks for, the oldest first; every other cart is out of its way.
CREATE INDEX "cart_abandonable_idx" ON "cart"("updated_at") WHERE "status" = 'ACTIVE' AND "token_hash" IS NOT NULL AND "locked_by" IS NULL;
