-- CreateEnum
CREATE TYPE "CurrencyCode" AS ENUM ('EUR', 'GBP', 'USD');

-- CreateEnum
CREATE TYPE "CartStatus" AS ENUM ('ACTIVE', 'CHECKED_OUT');

-- CreateTable
CREATE TABLE "cart" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "user_id" UUID,
    "token_hash" BYTEA,
    "currency_code" "CurrencyCode" NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "status" "CartStatus" NOT NULL DEFAULT 'ACTIVE',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "cart_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "cart_line" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "cart_id" UUID NOT NULL,
    "variant_id" UUID NOT NULL,
    "quantity" INTEGER NOT NULL,
    "unit_price" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "cart_line_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "cart_line_cart_id_variant_id_key" ON "cart_line"("cart_id", "variant_id");

-- AddForeignKey
ALTER TABLE "cart_line" ADD CONSTRAINT "cart_line_cart_id_fkey" FOREIGN KEY ("cart_id") REFERENCES "cart"("id") ON DELETE CASCADE ON UPDATE CASCADE;


-- What no code path may break: a cart has one kind of owner, and a line is something that can be bought.
ALTER TABLE "cart" ADD CONSTRAINT "cart_owner_check" CHECK (num_nonnulls("user_id", "token_hash") = 1);
ALTER TABLE "cart" ADD CONSTRAINT "cart_token_hash_check" CHECK (octet_length("token_hash") = 32);
ALTER TABLE "cart" ADD CONSTRAINT "cart_version_check" CHECK ("version" >= 0);
ALTER TABLE "cart_line" ADD CONSTRAINT "cart_line_quantity_check" CHECK ("quantity" BETWEEN 1 AND 9999);
ALTER TABLE "cart_line" ADD CONSTRAINT "cart_line_unit_price_check" CHECK ("unit_price" >= 0);
ALTER TABLE "cart_line" ADD CONSTRAINT "cart_line_position_check" CHECK ("position" >= 0);
-- At most one active cart per user, also when two are opened at once.
CREATE UNIQUE INDEX "cart_one_active_key" ON "cart"("user_id") WHERE "status" = 'ACTIVE';
