-- CreateTable
CREATE TABLE "deleted_user" (
    "user_id" UUID NOT NULL,
    "deleted_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "deleted_user_pkey" PRIMARY KEY ("user_id")
);
