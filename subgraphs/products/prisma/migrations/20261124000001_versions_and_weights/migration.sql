-- AlterTable
ALTER TABLE "product" ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 1;

-- AlterTable
ALTER TABLE "variant" ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 1,
ADD COLUMN     "weight" INTEGER NOT NULL DEFAULT 0;


-- What no code path may break: subscribers take what has no higher version than they know for old news, from 1 on.
ALTER TABLE "product" ADD CONSTRAINT "product_version_check" CHECK ("version" >= 1);
ALTER TABLE "variant" ADD CONSTRAINT "variant_version_check" CHECK ("version" >= 1);
-- Shipping is priced by the sum of the weights, which a negative one would lower.
ALTER TABLE "variant" ADD CONSTRAINT "variant_weight_check" CHECK ("weight" >= 0);
