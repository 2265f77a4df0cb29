-- CreateEnum
CREATE TYPE "PersistedOperationType" AS ENUM ('QUERY', 'MUTATION');

-- CreateTable
CREATE TABLE "partner" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "name" TEXT NOT NULL,
    "scopes" TEXT[],
    "points_per_minute" INTEGER NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "partner_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "partner_key" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "partner_id" UUID NOT NULL,
    "prefix" TEXT NOT NULL,
    "hash" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),

    CONSTRAINT "partner_key_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "persisted_operation" (
    "partner_id" UUID NOT NULL,
    "operation_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "type" "PersistedOperationType" NOT NULL,
    "body" TEXT NOT NULL,
    "added_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "persisted_operation_pkey" PRIMARY KEY ("partner_id","operation_id")
);

-- CreateTable
CREATE TABLE "manifest" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "partner_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "published_at" TIMESTAMPTZ(3) NOT NULL,
    "deprecated_at" TIMESTAMPTZ(3),
    "sunset_at" TIMESTAMPTZ(3),

    CONSTRAINT "manifest_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "manifest_operation" (
    "manifest_id" UUID NOT NULL,
    "partner_id" UUID NOT NULL,
    "operation_id" TEXT NOT NULL,
    "cost" INTEGER NOT NULL,

    CONSTRAINT "manifest_operation_pkey" PRIMARY KEY ("manifest_id","operation_id")
);

-- CreateTable
CREATE TABLE "operation_usage" (
    "partner_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "operation_id" TEXT NOT NULL,
    "calls" BIGINT NOT NULL,
    "errors" BIGINT NOT NULL,
    "points" BIGINT NOT NULL,

    CONSTRAINT "operation_usage_pkey" PRIMARY KEY ("partner_id","day","operation_id")
);

-- CreateTable
CREATE TABLE "partner_event" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "kind" TEXT NOT NULL,
    "partner_id" UUID NOT NULL,
    "actor_id" UUID,
    "client_address" TEXT,
    "request_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "partner_event_pkey" PRIMARY KEY ("id")
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
CREATE UNIQUE INDEX "partner_name_key" ON "partner"("name");

-- CreateIndex
CREATE UNIQUE INDEX "partner_key_hash_key" ON "partner_key"("hash");

-- CreateIndex
CREATE INDEX "partner_key_partner_id_id_idx" ON "partner_key"("partner_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "manifest_partner_id_version_key" ON "manifest"("partner_id", "version");

-- CreateIndex
CREATE UNIQUE INDEX "manifest_id_partner_id_key" ON "manifest"("id", "partner_id");

-- CreateIndex
CREATE INDEX "manifest_operation_partner_id_operation_id_idx" ON "manifest_operation"("partner_id", "operation_id");

-- CreateIndex
CREATE INDEX "partner_event_partner_id_at_id_idx" ON "partner_event"("partner_id", "at", "id");

-- CreateIndex
CREATE INDEX "partner_event_at_id_idx" ON "partner_event"("at", "id");

-- AddForeignKey
ALTER TABLE "partner_key" ADD CONSTRAINT "partner_key_partner_id_fkey" FOREIGN KEY ("partner_id") REFERENCES "partner"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "persisted_operation" ADD CONSTRAINT "persisted_operation_partner_id_fkey" FOREIGN KEY ("partner_id") REFERENCES "partner"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "manifest" ADD CONSTRAINT "manifest_partner_id_fkey" FOREIGN KEY ("partner_id") REFERENCES "partner"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "manifest_operation" ADD CONSTRAINT "manifest_operation_manifest_id_partner_id_fkey" FOREIGN KEY ("manifest_id", "partner_id") REFERENCES "manifest"("id", "partner_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "manifest_operation" ADD CONSTRAINT "manifest_operation_partner_id_operation_id_fkey" FOREIGN KEY ("partner_id", "operation_id") REFERENCES "persisted_operation"("partner_id", "operation_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "operation_usage" ADD CONSTRAINT "operation_usage_partner_id_fkey" FOREIGN KEY ("partner_id") REFERENCES "partner"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "partner_event" ADD CONSTRAINT "partner_event_partner_id_fkey" FOREIGN KEY ("partner_id") REFERENCES "partner"("id") ON DELETE RESTRICT ON UPDATE CASCADE;


-- What no code path may break.
ALTER TABLE "partner" ADD CONSTRAINT "partner_name_check" CHECK (length("name") BETWEEN 1 AND 100 AND btrim("name") = "name");
ALTER TABLE "partner" ADD CONSTRAINT "partner_points_per_minute_check" CHECK ("points_per_minute" BETWEEN 1 AND 1000000);
ALTER TABLE "partner" ADD CONSTRAINT "partner_version_check" CHECK ("version" > 0);
-- Nothing that could be sent is kept.
ALTER TABLE "partner_key" ADD CONSTRAINT "partner_key_hash_check" CHECK (octet_length("hash") = 32 AND length("prefix") < 20);
ALTER TABLE "persisted_operation" ADD CONSTRAINT "persisted_operation_id_check" CHECK (length("operation_id") BETWEEN 1 AND 200);
ALTER TABLE "manifest" ADD CONSTRAINT "manifest_version_check" CHECK ("version" > 0);
-- What is to end says so to who runs it.
ALTER TABLE "manifest" ADD CONSTRAINT "manifest_sunset_check" CHECK ("sunset_at" IS NULL OR "deprecated_at" IS NOT NULL);
-- A partner has one manifest at most that is not deprecated, also when two are published at once.
CREATE UNIQUE INDEX "manifest_one_current_key" ON "manifest"("partner_id") WHERE "deprecated_at" IS NULL;
ALTER TABLE "manifest_operation" ADD CONSTRAINT "manifest_operation_cost_check" CHECK ("cost" >= 0);
ALTER TABLE "operation_usage" ADD CONSTRAINT "operation_usage_counts_check" CHECK ("calls" >= 0 AND "errors" >= 0 AND "points" >= 0);
