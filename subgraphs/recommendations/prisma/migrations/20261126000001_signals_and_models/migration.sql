-- CreateEnum
CREATE TYPE "Nearness" AS ENUM ('SIMILAR_ITEM', 'BOUGHT_TOGETHER');

-- CreateTable
CREATE TABLE "model" (
    "version" INTEGER GENERATED ALWAYS AS IDENTITY,
    "fitted_at" TIMESTAMPTZ(3) NOT NULL,
    "trained_until" TIMESTAMPTZ(3),
    "orders" INTEGER NOT NULL,
    "products" INTEGER NOT NULL,
    "parameters" JSONB NOT NULL,
    "artifact" BYTEA,

    CONSTRAINT "model_pkey" PRIMARY KEY ("version")
);

-- CreateTable
CREATE TABLE "model_in_use" (
    "only" BOOLEAN NOT NULL DEFAULT true,
    "version" INTEGER NOT NULL,

    CONSTRAINT "model_in_use_pkey" PRIMARY KEY ("only")
);

-- CreateTable
CREATE TABLE "neighbour" (
    "model_version" INTEGER NOT NULL,
    "nearness" "Nearness" NOT NULL,
    "product_id" UUID NOT NULL,
    "rank" INTEGER NOT NULL,
    "other_id" UUID NOT NULL,
    "score" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "neighbour_pkey" PRIMARY KEY ("model_version","nearness","product_id","rank")
);

-- CreateIndex
CREATE UNIQUE INDEX "model_in_use_version_key" ON "model_in_use"("version");

-- AddForeignKey
ALTER TABLE "model_in_use" ADD CONSTRAINT "model_in_use_version_fkey" FOREIGN KEY ("version") REFERENCES "model"("version") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "neighbour" ADD CONSTRAINT "neighbour_model_version_fkey" FOREIGN KEY ("model_version") REFERENCES "model"("version") ON DELETE CASCADE ON UPDATE NO ACTION;


-- What no code path may break: one model is in use, ranks count from 1, scores say something, and nothing goes with itself.
ALTER TABLE "model_in_use" ADD CONSTRAINT "model_in_use_only_check" CHECK ("only");
ALTER TABLE "model" ADD CONSTRAINT "model_check" CHECK ("orders" >= 0 AND "products" >= 0);
ALTER TABLE "neighbour" ADD CONSTRAINT "neighbour_check" CHECK ("rank" > 0 AND "score" > 0 AND "product_id" <> "other_id");

-- What a shop has computed is its first model, so that it goes on recommending until it computes the next.
INSERT INTO "model" ("fitted_at", "trained_until", "orders", "products", "parameters")
SELECT now(), max("at"), count(DISTINCT "order_id"), (SELECT count(*) FROM "product"), '{}'
FROM "purchase" HAVING EXISTS (SELECT FROM "similar_product") OR EXISTS (SELECT FROM "bought_together");
INSERT INTO "neighbour" ("model_version", "nearness", "product_id", "rank", "other_id", "score")
SELECT "version", 'SIMILAR_ITEM'::"Nearness", "product_id", "rank", "other_id", "score" FROM "model", "similar_product"
UNION ALL
SELECT "version", 'BOUGHT_TOGETHER'::"Nearness", "product_id", "rank", "other_id", "score" FROM "model", "bought_together";
INSERT INTO "model_in_use" ("version") SELECT "version" FROM "model";

-- DropTable
DROP TABLE "similar_product";

-- DropTable
DROP TABLE "bought_together";
