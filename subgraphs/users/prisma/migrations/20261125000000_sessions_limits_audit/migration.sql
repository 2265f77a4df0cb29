-- AlterTable
ALTER TABLE "user_account" ADD COLUMN "disabled_at" TIMESTAMPTZ(3);

-- AlterTable
-- The release before this one opens sessions without saying when they were last used.
ALTER TABLE "session" ADD COLUMN "last_used_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- AlterTable
ALTER TABLE "refresh_token" ADD COLUMN "predecessor_hash" BYTEA,
ADD COLUMN "replaced_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "attempt_limit" (
    "key" TEXT NOT NULL,
    "tries" INTEGER NOT NULL,
    "refusals" INTEGER NOT NULL,
    "free_at" TIMESTAMPTZ(3) NOT NULL,
    "forget_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "attempt_limit_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "security_event" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "kind" TEXT NOT NULL,
    "user_id" UUID,
    "actor_id" UUID,
    "session_id" UUID,
    "client_address" TEXT,
    "request_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "security_event_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "attempt_limit_forget_at_idx" ON "attempt_limit"("forget_at");

-- CreateIndex
CREATE INDEX "security_event_at_id_idx" ON "security_event"("at", "id");

-- CreateIndex
CREATE INDEX "security_event_user_id_at_id_idx" ON "security_event"("user_id", "at", "id");

-- CreateIndex
CREATE INDEX "security_event_kind_at_id_idx" ON "security_event"("kind", "at", "id");


-- A session that is there was last used when its newest token was handed out.
UPDATE "session" s SET "last_used_at" = coalesce(
  (SELECT max(t."used_at") FROM "refresh_token" t WHERE t."session_id" = s."id"), s."created_at");

-- What no code path may break.
-- One good token per session, also when two refresh at once: never two live branches of a family.
CREATE UNIQUE INDEX "refresh_token_one_live_key" ON "refresh_token"("session_id")
  WHERE "used_at" IS NULL AND "replaced_at" IS NULL;
ALTER TABLE "attempt_limit" ADD CONSTRAINT "attempt_limit_counts_check" CHECK ("tries" > 0 AND "refusals" >= 0);
