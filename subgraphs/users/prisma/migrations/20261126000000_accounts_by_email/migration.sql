-- CreateEnum
CREATE TYPE "TokenPurpose" AS ENUM ('VERIFY_EMAIL', 'RESET_PASSWORD', 'CHANGE_EMAIL');

-- AlterTable
ALTER TABLE "user_account" ADD COLUMN     "email_verified_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "one_time_token" (
    "request_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "purpose" "TokenPurpose" NOT NULL,
    "email" TEXT NOT NULL,
    "hashes" BYTEA[],
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "one_time_token_pkey" PRIMARY KEY ("request_id")
);

-- CreateIndex
CREATE INDEX "one_time_token_hashes_idx" ON "one_time_token" USING GIN ("hashes");

-- CreateIndex
CREATE UNIQUE INDEX "one_time_token_user_id_purpose_key" ON "one_time_token"("user_id", "purpose");

-- AddForeignKey
ALTER TABLE "one_time_token" ADD CONSTRAINT "one_time_token_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user_account"("id") ON DELETE CASCADE ON UPDATE CASCADE;


-- What no code path may break.
ALTER TABLE "one_time_token" ADD CONSTRAINT "one_time_token_email_check" CHECK ("email" = lower("email"));
ALTER TABLE "one_time_token" ADD CONSTRAINT "one_time_token_expires_at_check" CHECK ("expires_at" > "requested_at");
-- A list is a list, also of nothing: what is added to NULL would be lost.
ALTER TABLE "one_time_token" ALTER COLUMN "hashes" SET NOT NULL;
