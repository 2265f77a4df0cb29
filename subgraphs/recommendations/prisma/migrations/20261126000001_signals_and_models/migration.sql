-- CreateEnum
CREATE TYPE "Nearness" AS ENUM ('SIMILAR_ITEM', 'BOUGHT_TOGETHER');

-- AlterTable: a product that is there has no words until it is loaded or told of again.
ALTER TABLE "product" ADD COLUMN     "title_words" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[];

-- CreateIndex
CREATE INDEX "product_category_ids_idx" ON "product" USING GIN ("category_ids");

-- CreateIndex
CREATE INDEX "product_title_words_idx" ON "product" USING GIN ("title_words");

-- CreateEnum
CREATE TYPE "InteractionType" AS ENUM ('VIEW', 'ADD_TO_CART', 'DISMISS');

-- CreateTable
CREATE TABLE "model" (
    "version" INTEGER GENERATED ALWAYS AS IDENTITY,
    "fitted_at" TIMESTAMPTZ(3) NOT NULL,
    "trained_until" TIMESTAMPTZ(3),
    "orders" INTEGER NOT NULL,
    "products" INTEGER NOT NULL,
    "parameters" JSONB NOT NULL,
    "product_ids" UUID[],
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

-- CreateTable
CREATE TABLE "product_demand" (
    "product_id" UUID NOT NULL,
    "recent" DOUBLE PRECISION NOT NULL,
    "lately" DOUBLE PRECISION NOT NULL,
    "orders" INTEGER NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "product_demand_pkey" PRIMARY KEY ("product_id")
);

-- CreateTable
CREATE TABLE "interaction" (
    "user_id" UUID NOT NULL,
    "event_id" TEXT NOT NULL,
    "product_id" UUID NOT NULL,
    "type" "InteractionType" NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "interaction_pkey" PRIMARY KEY ("user_id","event_id")
);

-- CreateIndex
CREATE INDEX "interaction_user_id_at_idx" ON "interaction"("user_id", "at" DESC);

-- CreateIndex
CREATE INDEX "purchase_product_id_at_idx" ON "purchase"("product_id", "at");

-- CreateIndex
CREATE INDEX "product_demand_recent_product_id_idx" ON "product_demand"("recent" DESC, "product_id");

-- CreateIndex
CREATE INDEX "product_demand_changed_at_idx" ON "product_demand"("changed_at");

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
ALTER TABLE "interaction" ADD CONSTRAINT "interaction_event_id_check" CHECK (length("event_id") BETWEEN 1 AND 100);
ALTER TABLE "product_demand" ADD CONSTRAINT "product_demand_check" CHECK ("orders" > 0);

-- What a shop has computed is its first model, so that it goes on recommending until it computes the next.
INSERT INTO "model" ("fitted_at", "trained_until", "orders", "products", "parameters")
SELECT now(), max("at"), count(DISTINCT "order_id"), (SELECT count(*) FROM "product"), '{}'
FROM "purchase" HAVING EXISTS (SELECT FROM "similar_product") OR EXISTS (SELECT FROM "bought_together");
INSERT INTO "neighbour" ("model_version", "nearness", "product_id", "rank", "other_id", "score")
SELECT "version", 'SIMILAR_ITEM'::"Nearness", "product_id", "rank", "other_id", "score" FROM "model", "similar_product"
UNION ALL
SELECT "version", 'BOUGHT_TOGETHER'::"Nearness", "product_id", "rank", "other_id", "score" FROM "model", "bought_together";
INSERT INTO "model_in_use" ("version") SELECT "version" FROM "model";

-- Demand follows from what was bought, as src/demand/demand-sql.ts says.
INSERT INTO "product_demand" ("product_id", "recent", "lately", "orders", "last_at", "changed_at")
SELECT "product_id",
    last_day / 10 + ln(sum(power(2::float8, greatest((day - last_day) / 10, -1000)))) / ln(2::float8),
    last_day / 30 + ln(sum(power(2::float8, greatest((day - last_day) / 30, -1000)))) / ln(2::float8),
    count(*), max("at"), clock_timestamp()
FROM (
    SELECT "product_id", "at", extract(epoch FROM "at")::float8 / 86400 AS day,
        max(extract(epoch FROM "at")::float8 / 86400) OVER (PARTITION BY "product_id") AS last_day
    FROM "purchase"
) AS dated
GROUP BY "product_id", last_day;

-- DropTable
DROP TABLE "trending_product";

-- DropTable
DROP TABLE "similar_product";

-- DropTable
DROP TABLE "bought_together";
