-- CreateEnum
CREATE TYPE "StockMovementReason" AS ENUM ('RECEIPT', 'ADJUSTMENT', 'RETURN', 'DAMAGE');

-- CreateTable
CREATE TABLE "stock_location" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "name" TEXT NOT NULL,
    "country_code" CHAR(2) NOT NULL,

    CONSTRAINT "stock_location_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "stock_level" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "variant_id" UUID NOT NULL,
    "location_id" UUID NOT NULL,
    "on_hand" INTEGER NOT NULL,
    "reserved" INTEGER NOT NULL DEFAULT 0,
    "low_stock_threshold" INTEGER NOT NULL DEFAULT 5,

    CONSTRAINT "stock_level_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "stock_movement" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "stock_level_id" UUID NOT NULL,
    "delta" INTEGER NOT NULL,
    "reason" "StockMovementReason" NOT NULL,
    "on_hand_after" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "stock_movement_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "stock_adjustment" (
    "caller_id" UUID NOT NULL,
    "idempotency_key" TEXT NOT NULL,
    "request_hash" BYTEA NOT NULL,
    "movement_id" UUID NOT NULL,

    CONSTRAINT "stock_adjustment_pkey" PRIMARY KEY ("caller_id","idempotency_key")
);

-- CreateIndex
CREATE UNIQUE INDEX "stock_location_name_key" ON "stock_location"("name");

-- CreateIndex
CREATE UNIQUE INDEX "stock_level_variant_id_location_id_key" ON "stock_level"("variant_id", "location_id");

-- CreateIndex
CREATE INDEX "stock_movement_stock_level_id_id_idx" ON "stock_movement"("stock_level_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "stock_adjustment_movement_id_key" ON "stock_adjustment"("movement_id");

-- AddForeignKey
ALTER TABLE "stock_level" ADD CONSTRAINT "stock_level_location_id_fkey" FOREIGN KEY ("location_id") REFERENCES "stock_location"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "stock_movement" ADD CONSTRAINT "stock_movement_stock_level_id_fkey" FOREIGN KEY ("stock_level_id") REFERENCES "stock_level"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "stock_adjustment" ADD CONSTRAINT "stock_adjustment_movement_id_fkey" FOREIGN KEY ("movement_id") REFERENCES "stock_movement"("id") ON DELETE RESTRICT ON UPDATE CASCADE;


-- What no code path may break: nothing is promised that is not there, and nothing is moved by nothing.
ALTER TABLE "stock_level" ADD CONSTRAINT "stock_level_quantities_check" CHECK (0 <= "reserved" AND "reserved" <= "on_hand");
ALTER TABLE "stock_movement" ADD CONSTRAINT "stock_movement_delta_check" CHECK ("delta" <> 0 AND "on_hand_after" >= 0);
-- Finds what is running out.
CREATE INDEX "stock_level_available_idx" ON "stock_level"(("on_hand" - "reserved"), "id");
