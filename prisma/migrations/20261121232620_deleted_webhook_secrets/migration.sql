-- AlterTable
ALTER TABLE "webhooks" ALTER COLUMN "secret" DROP NOT NULL;
