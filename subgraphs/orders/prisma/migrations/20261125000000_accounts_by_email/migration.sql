-- CreateTable
CREATE TABLE "deleted_customer" (
    "customer_id" UUID NOT NULL,
    "deleted_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "deleted_customer_pkey" PRIMARY KEY ("customer_id")
);

-- CreateTable
CREATE TABLE "inbox" (
    "key" TEXT NOT NULL,
    "request_hash" BYTEA NOT NULL,
    "result" JSONB,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "inbox_pkey" PRIMARY KEY ("key")
);
