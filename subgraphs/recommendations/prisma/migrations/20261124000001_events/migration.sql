-- AlterTable
ALTER TABLE "product" ADD COLUMN     "active" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "purchase" ALTER COLUMN "user_id" DROP NOT NULL;

-- CreateTable
CREATE TABLE "stock" (
    "variant_id" UUID NOT NULL,
    "available" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "told_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "stock_pkey" PRIMARY KEY ("variant_id")
);

-- CreateTable
CREATE TABLE "cancelled_order" (
    "order_id" UUID NOT NULL,

    CONSTRAINT "cancelled_order_pkey" PRIMARY KEY ("order_id")
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
CREATE INDEX "variant_product_id_idx" ON "variant"("product_id");


-- What no code path may break: an event has a version from 1 on, so that it always tells more than a load.
ALTER TABLE "product" ADD CONSTRAINT "product_version_check" CHECK ("version" >= 0);
ALTER TABLE "stock" ADD CONSTRAINT "stock_check" CHECK ("available" >= 0 AND "version" >= 1);
