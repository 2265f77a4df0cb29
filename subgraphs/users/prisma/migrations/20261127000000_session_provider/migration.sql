-- AlterTable
ALTER TABLE "session" ADD COLUMN     "provider" TEXT;
