-- AlterTable
ALTER TABLE "properties" ADD COLUMN     "same_as" UUID;
