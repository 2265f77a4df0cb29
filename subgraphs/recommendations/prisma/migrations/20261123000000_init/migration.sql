-- CreateTable
CREATE TABLE "category" (
    "id" UUID NOT NULL,
    "parent_id" UUID,

    CONSTRAINT "category_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "product" (
    "id" UUID NOT NULL,
    "category_ids" UUID[] NOT NULL,

    CONSTRAINT "product_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "variant" (
    "id" UUID NOT NULL,
    "product_id" UUID NOT NULL,

    CONSTRAINT "variant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "purchase" (
    "order_id" UUID NOT NULL,
    "product_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "quantity" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "purchase_pkey" PRIMARY KEY ("order_id","product_id")
);

-- CreateTable
CREATE TABLE "similar_product" (
    "product_id" UUID NOT NULL,
    "rank" INTEGER NOT NULL,
    "other_id" UUID NOT NULL,
    "score" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "similar_product_pkey" PRIMARY KEY ("product_id","rank")
);

-- CreateTable
CREATE TABLE "bought_together" (
    "product_id" UUID NOT NULL,
    "rank" INTEGER NOT NULL,
    "other_id" UUID NOT NULL,
    "score" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "bought_together_pkey" PRIMARY KEY ("product_id","rank")
);

-- CreateTable
CREATE TABLE "trending_product" (
    "rank" INTEGER NOT NULL,
    "product_id" UUID NOT NULL,
    "score" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "trending_product_pkey" PRIMARY KEY ("rank")
);

-- CreateIndex
CREATE INDEX "category_parent_id_idx" ON "category"("parent_id");

-- CreateIndex
CREATE INDEX "purchase_user_id_product_id_at_idx" ON "purchase"("user_id", "product_id", "at");

-- CreateIndex
CREATE UNIQUE INDEX "trending_product_product_id_key" ON "trending_product"("product_id");


-- What no code path may break: ranks count from 1, scores say something, and nothing goes with itself.
ALTER TABLE "purchase" ADD CONSTRAINT "purchase_quantity_check" CHECK ("quantity" > 0);
ALTER TABLE "similar_product" ADD CONSTRAINT "similar_product_check" CHECK ("rank" > 0 AND "score" > 0 AND "product_id" <> "other_id");
ALTER TABLE "bought_together" ADD CONSTRAINT "bought_together_check" CHECK ("rank" > 0 AND "score" > 0 AND "product_id" <> "other_id");
ALTER TABLE "trending_product" ADD CONSTRAINT "trending_product_check" CHECK ("rank" > 0 AND "score" >= 0);
